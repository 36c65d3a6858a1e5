#include "output/listing.h"

#include "core/error.h"

namespace podreg::output {

std::string Listing::url(std::size_t /*item*/) const {
  throw core::Error(core::ErrorKind::usage, "-o url is for the URLs of podreg urls");
}

}  // namespace podreg::output
