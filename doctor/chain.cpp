#include "doctor/chain.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/counted.h"

namespace podreg::doctor {
namespace {

using core::Chain;
using core::CheckState;
using core::Finding;
using core::Link;

// The worst that was found at this step.
CheckState worst(const ServiceCase& of, int step, const std::vector<Finding>& findings) {
  CheckState state = CheckState::fine;
  for (const auto& finding : findings) {
    const auto& kind = core::kind_of(finding.code);
    const bool about_it = finding.ns == of.ns && finding.service == of.name && kind.step == step;
    if (about_it) state = std::max(state, core::state_of(kind.severity));
  }
  return state;
}

Link service_link(const ServiceCase& of) {
  const bool found = of.service != nullptr && of.service->type != "ExternalName";
  return {"Service " + of.name, found ? CheckState::fine : CheckState::failed};
}

Link endpoints_link(const ServiceCase& of, CheckState state) {
  if (of.endpoints == nullptr) return {"no Endpoints", CheckState::failed};
  std::size_t not_ready = 0;
  for (const auto& subset : of.endpoints->subsets) not_ready += subset.not_ready_addresses.size();
  const auto ready = core::ready_addresses(*of.endpoints);
  if (not_ready == 0)
    return {fmt::format("{} ready address{}", ready, ready == 1 ? "" : "es"), state};
  return {fmt::format("{} of {} addresses ready", ready, ready + not_ready), state};
}

std::size_t registered_pods(const ServiceCase& of) {
  std::set<std::string_view> pods;
  for (const auto& instance : of.discovery.instances) pods.insert(instance.pod);
  return pods.size();
}

Link metadata_link(const ServiceCase& of, const Evidence& evidence, CheckState state) {
  std::size_t known = 0;
  std::size_t all = 0;
  for (const auto& revision : evidence.revisions) {
    if (revision.group.ns != of.ns || revision.group.application != of.name) continue;
    ++all;
    if (revision.info) ++known;
  }
  if (evidence.missing.contains(Source::metadata)) return {"metadata", CheckState::not_checked};
  if (known < all && state == CheckState::fine)
    state = CheckState::not_checked;  // nobody was asked
  return {fmt::format("metadata of {} of {}", known, core::counted(all, "revision")), state};
}

Link url_link(const ServiceCase& of, const Evidence& evidence) {
  const auto urls = std::ranges::count_if(evidence.urls, [&](const core::DerivedUrl& url) {
    return url.ns == of.ns && url.application == of.name;
  });
  return {core::counted(static_cast<std::size_t>(urls), "URL"),
          urls > 0 ? CheckState::fine : CheckState::failed};
}

Link answer_link(const ServiceCase& of, const Evidence& evidence, CheckState state) {
  std::size_t answered = 0;
  std::size_t all = 0;
  for (const auto& series : evidence.probes) {
    if (series.url.ns != of.ns || series.url.application != of.name) continue;
    ++all;
    if (series.failed == 0) ++answered;
  }
  if (evidence.missing.contains(Source::probes)) return {"answers", CheckState::not_checked};
  return {fmt::format("{} of {} answer", answered, all), state};
}

}  // namespace

core::Chain chain_of(const ServiceCase& of, const Evidence& evidence,
                     const std::vector<Finding>& findings) {
  Chain chain{of.ns, of.name, {service_link(of)}};
  if (chain.links.front().state == CheckState::failed) return chain;
  const CheckState step3 = worst(of, 3, findings);
  chain.links.push_back(endpoints_link(of, step3));
  chain.links.push_back({core::counted(of.pods.size(), "pod"),
                         of.pods.empty() ? CheckState::failed : CheckState::fine});
  const auto registered = registered_pods(of);
  chain.links.push_back({fmt::format("{} registered", registered),
                         registered == 0 ? CheckState::failed : worst(of, 1, findings)});
  if (registered == 0) return chain;
  chain.links.push_back(metadata_link(of, evidence, worst(of, 4, findings)));
  if (chain.links.back().state == CheckState::not_checked) return chain;
  chain.links.push_back(url_link(of, evidence));
  if (chain.links.back().state == CheckState::failed) return chain;
  chain.links.push_back(answer_link(of, evidence, worst(of, 5, findings)));
  return chain;
}

}  // namespace podreg::doctor
