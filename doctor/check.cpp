#include "doctor/check.h"

#include <algorithm>
#include <utility>

namespace podreg::doctor {

bool Findings::is_wanted(core::FindingCode code) const {
  return std::ranges::find(unwanted_, code) == unwanted_.end();
}

void Findings::add(core::Finding finding) {
  if (is_wanted(finding.code)) all_.push_back(std::move(finding));
}

void Findings::add(core::FindingCode code, const ServiceCase& of, std::string_view pod,
                   std::string detail, std::string advice) {
  add({code, of.ns, "pod/" + std::string(pod), of.name, std::move(detail), std::move(advice)});
}

void Findings::add_service(core::FindingCode code, const ServiceCase& of, std::string detail,
                           std::string advice) {
  add({code, of.ns, of.object(), of.name, std::move(detail), std::move(advice)});
}

std::vector<const Check*> all_checks() {
  std::vector<const Check*> all;
  for (const auto table : {access_checks(), registration_checks(), mapping_checks(),
                           service_checks(), address_checks(), slice_checks(), unselected_checks(),
                           metadata_checks(), answer_checks(), invoker_checks()}) {
    for (const Check& check : table) all.push_back(&check);
  }
  std::ranges::stable_sort(all, {}, &Check::step);
  return all;
}

}  // namespace podreg::doctor
