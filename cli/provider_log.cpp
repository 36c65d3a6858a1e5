#include "cli/provider_log.h"

#include <fmt/format.h>

#include <chrono>

#include "cli/request_log.h"
#include "core/ip_address.h"
#include "core/short_text.h"

namespace podreg::cli {
namespace {

// Does something, and tells how it ended and how long it took.
template <typename Work, typename Outcome>
auto told(const std::string& what, ProviderLog& log, Work work, Outcome outcome) {
  const auto begin = std::chrono::steady_clock::now();
  const auto tell = [&](const std::string& end) {
    const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - begin;
    log.write(fmt::format("{}: {}, {:.1f} ms", what, end, time.count()));
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

void ProviderLog::write(const std::string& line) {
  const std::lock_guard lock(mutex_);
  show_note(line, err_);
}

std::unique_ptr<core::Stream> LoggingDialer::dial(const core::PodPort& target,
                                                  core::Deadline deadline) {
  const auto pod = target.pod.empty() ? "" : fmt::format(" (pod \"{}\")", target.pod);
  return told(
      fmt::format("connect {}{} {}", core::host_port(target.host, target.port), pod, way_), log_,
      [&] { return dialer_.dial(target, deadline); }, [](const auto&) { return "done"; });
}

core::MetadataSource::Answer LoggingSource::ask(const core::Instance& instance,
                                                core::Deadline deadline) {
  return told(
      fmt::format("getMetadataInfo {} of pod \"{}\"", instance.metadata->revision(), instance.pod),
      log_, [&] { return source_.ask(instance, deadline); },
      [](const Answer& answer) {
        return fmt::format("{} services from {}", answer.info.services.size(), answer.from);
      });
}

}  // namespace podreg::cli
