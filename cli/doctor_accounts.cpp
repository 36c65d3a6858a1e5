#include "cli/doctor_accounts.h"

#include <array>
#include <chrono>

#include "k8s/system_clock.h"

namespace podreg::cli {
namespace {

std::vector<core::Permission> needs_of(const doctor::AccountAccess& account) {
  if (!account.is_consumer) return {{"get", "pods", ""}, {"patch", "pods", ""}};
  std::vector<core::Permission> needs;
  for (const auto* resource : {"endpoints", "pods", "services"}) {
    for (const auto* verb : {"get", "list", "watch"}) needs.push_back({verb, resource, ""});
  }
  return needs;
}

}  // namespace

doctor::AccountAccess account_of_consumer(const core::PodObject& pod) {
  doctor::AccountAccess account;
  account.ns = pod.ns;
  account.account = pod.account();
  account.services.insert(pod.name);
  account.is_consumer = true;
  return account;
}

void review_accounts(core::AccessReviewer& reviewer, std::vector<doctor::AccountAccess>& accounts) {
  for (auto& account : accounts) {
    const auto needs = needs_of(account);
    const auto answers = reviewer.review_account(account.ns, account.account, needs);
    for (std::size_t i = 0; i < needs.size(); ++i) {
      if (!answers[i].allowed) account.denied.push_back(needs[i]);
    }
  }
}

std::optional<std::int64_t> clock_difference(core::AccessReviewer& reviewer) {
  const auto theirs = reviewer.time();
  if (!theirs) return std::nullopt;
  return theirs->time_since_epoch().count() - k8s::SystemClock().now_milliseconds();
}

}  // namespace podreg::cli
