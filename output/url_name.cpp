#include "output/url_name.h"

namespace podreg::output {

std::string name_of(const core::DerivedUrl& url) {
  return url.pod.empty() ? url.url.to_string() : "pod/" + url.pod;
}

std::string identity_of(const core::DerivedUrl& url) {
  return url.pod.empty() ? url.url.to_string() : url.ns + "/" + url.pod;
}

}  // namespace podreg::output
