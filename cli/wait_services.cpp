#include "cli/wait_services.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "cli/context.h"
#include "cli/targets.h"
#include "core/error.h"
#include "core/names.h"

namespace podreg::cli {
namespace {

using core::Error;
using core::ErrorKind;

constexpr std::int64_t kFirstPause = 1'000;
constexpr std::int64_t kLongestPause = 10'000;  // a Dubbo consumer asks again every 10 s

}  // namespace

std::vector<std::string> services_to_wait_for(const WaitTarget& target, Context& context,
                                              core::Clock& clock, std::int64_t end,
                                              const std::function<void(std::string)>& on_wait) {
  if (!names_interface(target.text)) {
    refuse_mapping_flags(target.mapping);
    core::check_service_name(target.text);
    return {target.text};
  }
  const auto query = query_of(target.text, {});
  if (context.uses_snapshot()) context.watch(WatchRequest{});  // says that it cannot be watched
  for (auto pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
    InterfaceResolver resolver(target.mapping, target.reach, context);
    const auto mapping = resolver.resolve(query);
    if (!mapping.providers.empty()) {
      auto services = mapping.applications();
      std::ranges::for_each(services, &core::check_service_name);
      return services;
    }
    const auto missing = resolver.not_found({query.match.interface});
    const auto left = end - clock.steady_milliseconds();
    if (left <= 0) throw Error(ErrorKind::not_met, missing.what(), missing.hint());
    on_wait(missing.what());
    clock.sleep(std::chrono::milliseconds(std::min(pause, left)));
  }
}

}  // namespace podreg::cli
