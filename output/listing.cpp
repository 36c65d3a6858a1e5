#include "output/listing.h"

#include "core/error.h"
#include "output/check_report.h"
#include "output/list_document.h"

namespace podreg::output {

std::string Listing::url(std::size_t /*item*/) const {
  throw core::Error(core::ErrorKind::usage, "-o url is for the URLs of podreg urls");
}

std::optional<CheckReport> Listing::report() const { return std::nullopt; }

std::vector<std::string> Listing::warning_lines() const {
  return core::grouped_messages(warnings());
}

void Listing::write_warnings(Emitter& emitter) const {
  for (const core::Warning& warning : warnings()) write_warning(warning, emitter);
}

}  // namespace podreg::output
