// Which Services `podreg wait` waits for.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "cli/interface_resolver.h"
#include "core/clock.h"

namespace podreg::cli {

class Context;

struct WaitTarget {
  std::string text;  // a Service, or an interface or consumer's URL
  MappingOptions mapping;
  ReachOptions reach;
};

// The Service, or those that provide the interface by the first source that knows it; not empty.
// As long as nobody provides the interface it is looked for again, after 1 s, then ever more
// seldom, up to every 10 s; `on_wait` gets a sentence about who was asked each time. Throws
// Error(usage) for a name that can be no Service's, Error(not_met) when nobody provides it at
// `end`, in steady milliseconds of the clock, and what the cluster and Reach throw.
std::vector<std::string> services_to_wait_for(const WaitTarget& target, Context& context,
                                              core::Clock& clock, std::int64_t end,
                                              const std::function<void(std::string)>& on_wait);

}  // namespace podreg::cli
