#include "doctor/evidence.h"

#include <string_view>

#include "core/nearest.h"

namespace podreg::doctor {

std::string nearest_service(const Evidence& evidence, const std::string& ns,
                            const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto& service : evidence.objects.services) {
    if (ns.empty() || service.ns == ns) names.emplace_back(service.name);
  }
  return std::string(core::nearest(name, names).value_or(""));
}

}  // namespace podreg::doctor
