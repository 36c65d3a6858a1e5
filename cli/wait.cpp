// podreg wait: returns when what is waited for is there, without asking again and again.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/command.h"
#include "cli/conditions.h"
#include "cli/context.h"
#include "cli/duration.h"
#include "cli/exit_status.h"
#include "cli/progress.h"
#include "cli/wait_services.h"
#include "core/error.h"
#include "core/quoted.h"
#include "core/watched_registry.h"
#include "k8s/system_clock.h"
#include "output/instance_listing.h"
#include "output/terminal_text.h"

namespace podreg::cli {

namespace {

using std::chrono::milliseconds;

struct WaitOptions {
  WaitTarget target;
  std::vector<std::string> conditions;
  std::string timeout = "60s";
  std::string stable = "0s";
  std::string debounce = "50ms";
};

class Wait {
 public:
  Wait(const WaitOptions& options, Context& context)
      : options_(options),
        context_(context),
        timeout_(parse_duration(options.timeout, "--timeout")),
        stable_(parse_duration(options.stable, "--stable")),
        debounce_(parse_duration(options.debounce, "--debounce")),
        conditions_(options.conditions, options.target.reach, context, clock_) {}

  int run() {
    end_ = clock_.steady_milliseconds() + timeout_.count();
    services_ = services_to_wait_for(options_.target, context_, clock_, end_,
                                     [this](const std::string& missing) {
                                       missing_ = missing;
                                       say_what_is_missing();
                                     });
    const milliseconds left(std::max<std::int64_t>(1, end_ - clock_.steady_milliseconds()));
    const bool once = timeout_.count() == 0;
    const auto watch =
        context_.watch({.services = services_, .time = once ? milliseconds(0) : left});
    core::WatchedRegistry registry(*watch, clock_, debounce_);
    std::optional<Progress> reading(std::in_place, context_, "reading instances");
    while (!is_met(registry)) {
      // With --timeout 0 what there is decides, as for kubectl: when it is known.
      if (clock_.steady_milliseconds() >= end_ && (!once || registry.has_picture()))
        fail(registry, watch->failure());
      registry.next(next_look());
      if (registry.has_picture()) reading.reset();
    }
    print(registry.picture());
    return kExitDone;
  }

 private:
  // Whether all has held for long enough.
  bool is_met(const core::WatchedRegistry& registry) {
    if (!registry.has_picture()) return false;
    missing_ = conditions_.missing(registry.picture(), services_);
    if (!missing_.empty()) {
      held_since_.reset();
      say_what_is_missing();
      return false;
    }
    if (!held_since_) held_since_ = clock_.steady_milliseconds();
    return clock_.steady_milliseconds() - *held_since_ >= stable_.count();
  }

  milliseconds next_look() const {
    const auto now = clock_.steady_milliseconds();
    if (timeout_.count() == 0) return milliseconds(60'000);
    auto at = end_;
    if (held_since_) at = std::min(at, *held_since_ + stable_.count());
    if (const auto again = conditions_.ask_again_at()) at = std::min(at, *again);
    return milliseconds(std::max<std::int64_t>(0, at - now));
  }

  // Who sits at a terminal wants to know why nothing happens.
  void say_what_is_missing() {
    if (missing_ == said_ || context_.quiet() || !context_.streams().err_is_terminal) return;
    said_ = missing_;
    context_.streams().err.write("waiting: " + output::terminal_text(missing_) + "\n");
    context_.streams().err.flush();
  }

  // `failure` is why the API server has not sent something, where that is known.
  [[noreturn]] void fail(const core::WatchedRegistry& registry, const std::string& failure) const {
    if (!registry.has_picture()) {
      throw core::Error(
          core::ErrorKind::unreachable,
          fmt::format("the API server did not send what Service {} consists of within {}{}{}",
                      core::quoted(services_), options_.timeout, failure.empty() ? "" : ": ",
                      failure));
    }
    const std::string missing =
        missing_.empty() ? fmt::format("it has not held for {} yet", options_.stable) : missing_;
    const std::string in_time =
        timeout_.count() == 0 ? "" : fmt::format(" within {}", options_.timeout);
    throw core::Error(
        core::ErrorKind::not_met,
        fmt::format("Service {} in {} does not meet {}{}: {}", core::quoted(services_),
                    in_words(context_.ns()), conditions_.text(), in_time, missing));
  }

  // But for what is for people, it is the instances, as `instances` prints them.
  void print(const core::RegistryPicture& picture) {
    using output::Format;
    constexpr std::array kSentence = {Format::table, Format::wide, Format::name, Format::url};
    if (std::ranges::find(kSentence, context_.printer().options().format) == kSentence.end()) {
      context_.printer().print(
          output::InstanceListing(core::instances_of(picture), core::warnings_of(picture), {}, ""));
      return;
    }
    for (const auto& service : services_) {
      context_.streams().out.write(fmt::format("service/{} condition met\n", service));
    }
    context_.streams().out.flush();
  }

  const WaitOptions& options_;
  Context& context_;
  mutable k8s::SystemClock clock_;
  milliseconds timeout_;
  milliseconds stable_;
  milliseconds debounce_;
  Conditions conditions_;
  std::vector<std::string> services_;
  std::int64_t end_ = 0;
  std::string missing_;  // as of the last picture
  std::string said_;
  std::optional<std::int64_t> held_since_;
};

}  // namespace

Run declare_wait(CLI::App& app) {
  auto options = std::make_shared<WaitOptions>();
  app.add_option("SERVICE|INTERFACE", options->target.text,
                 "Service (the application's name), or interface with its package: each Service "
                 "that provides it")
      ->required();
  app.add_option(
         "--for", options->conditions,
         "What to wait for: instances=N, instances>=N, revision=R, interface=NAME, no-warnings, "
         "delete or ready (every pod of the selector is an instance); several must hold together")
      ->required()
      ->type_name("CONDITION")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--timeout", options->timeout,
                 "How long to wait; default 60s; 0: only see whether it holds now")
      ->type_name("DURATION");
  app.add_option("--stable", options->stable, "How long it must have held; default 0s")
      ->type_name("DURATION");
  app.add_option("--debounce", options->debounce,
                 "How long nothing must have changed before a change counts; default 50ms")
      ->type_name("DURATION");
  declare_mapping_sources(app, options->target.mapping);
  declare_reach(app, options->target.reach, /*with_timeout=*/false);
  return [options](Context& context) { return Wait(*options, context).run(); };
}

}  // namespace podreg::cli
