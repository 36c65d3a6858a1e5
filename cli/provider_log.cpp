#include "cli/provider_log.h"

#include <fmt/format.h>

#include <chrono>

#include "cli/request_log.h"
#include "core/counted.h"
#include "core/ip_address.h"
#include "core/short_text.h"

namespace podreg::cli {
namespace {

// Does something, and tells how it ended and how long it took.
template <typename Work, typename Outcome>
auto told(const std::string& what, core::TextSink& err, Work work, Outcome outcome) {
  const auto begin = std::chrono::steady_clock::now();
  const auto tell = [&](const std::string& end) {
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    show_note(fmt::format("{}: {}, {:.1f} ms", what, end, time.count()), err);
  };
  try {
    auto result = work();
    tell(outcome(result));
    return result;
  } catch (const core::Error& error) {
    tell(core::short_text(error.what()));
    throw;
  }
}

}  // namespace

std::unique_ptr<core::Stream> LoggingDialer::dial(const core::PodPort& target,
                                                  core::Deadline deadline) {
  const auto pod = target.pod.empty() ? "" : fmt::format(" (pod \"{}\")", target.pod);
  return told(
      fmt::format("connect {}{} {}", core::host_port(target.host, target.port), pod, way_), err_,
      [&] { return dialer_.dial(target, deadline); }, [](const auto&) { return "done"; });
}

core::MetadataSource::Answer LoggingSource::ask(const core::Instance& instance,
                                                core::Deadline deadline) {
  return told(
      fmt::format("getMetadataInfo {} of pod \"{}\"", instance.metadata->revision(), instance.pod),
      err_, [&] { return source_.ask(instance, deadline); },
      [](const Answer& answer) {
        return fmt::format("{} from {}", core::counted(answer.info.services.size(), "service"),
                           answer.from);
      });
}

}  // namespace podreg::cli
