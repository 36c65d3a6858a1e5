// The Warning headers of an API server: advice about the request, for people.
//
// Format: RFC 7234, section 5.5, as k8s.io/apimachinery writes it: `299 - "text"`, perhaps several
// with commas between, a date perhaps behind each.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::k8s {

// The texts of one header's warnings of code 299; what is not well formed is left out.
std::vector<std::string> parse_warnings(std::string_view header);

// Hands on each text once, and none about Endpoints being deprecated in favour of EndpointSlices:
// Dubbo reads Endpoints, so podreg has to, and its users cannot change that.
class ServerWarnings {
 public:
  // `show` may be empty; then nothing is shown.
  explicit ServerWarnings(std::function<void(std::string)> show);

  void take(const std::vector<std::string>& headers);

 private:
  std::function<void(std::string)> show_;
  std::set<std::string> shown_;
};

}  // namespace podreg::k8s
