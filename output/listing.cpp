#include "output/listing.h"

#include "core/error.h"
#include "output/check_report.h"

namespace podreg::output {

std::string Listing::url(std::size_t /*item*/) const {
  throw core::Error(core::ErrorKind::usage, "-o url is for the URLs of podreg urls");
}

std::optional<CheckReport> Listing::report() const { return std::nullopt; }

}  // namespace podreg::output
