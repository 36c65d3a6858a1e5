// podreg watch: the instances of Services, then every change as it happens.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
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
#include "cli/service_instances.h"
#include "cli/watch_output.h"
#include "core/error.h"
#include "core/names.h"
#include "core/watched_registry.h"
#include "k8s/system_clock.h"

namespace podreg::cli {

namespace {

using core::Error;
using core::ErrorKind;
using std::chrono::milliseconds;

struct WatchOptions {
  std::vector<std::string> services;
  std::vector<std::string> until;
  std::string exec;
  bool shell = false;
  std::optional<bool> live;  // nothing: as it fits
  std::string debounce = "50ms";
  ReachOptions reach;
};

bool is_table(output::Format format) {
  return format == output::Format::table || format == output::Format::wide;
}

// A live table is for whoever looks at a terminal.
bool is_live(const WatchOptions& options, const Context& context, const core::Streams& streams,
             output::Format format) {
  if (!options.live.value_or(false)) {
    return !options.live && streams.out_is_terminal && can_move_cursor(context.environment()) &&
           is_table(format) && options.exec.empty() && !context.verbose();
  }
  if (!options.exec.empty()) throw Error(ErrorKind::usage, "--live and --exec exclude each other");
  if (!is_table(format)) throw Error(ErrorKind::usage, "--live is for -o table and -o wide");
  if (!streams.out_is_terminal)
    throw Error(ErrorKind::usage, "--live needs a terminal as standard output");
  return true;
}

class Watch {
 public:
  Watch(const WatchOptions& options, Context& context)
      : context_(context),
        services_(without_repetitions(options.services)),
        debounce_(parse_duration(options.debounce, "--debounce")),
        conditions_(options.until, options.reach, context, clock_) {
    for (const std::string& service : services_) core::check_service_name(service);
    if (options.shell && options.exec.empty())
      throw Error(ErrorKind::usage, "--shell is for --exec");
    if (context.printer().options().sort_by)
      throw Error(ErrorKind::usage, "--sort-by is for lists; events come as they happen");
    output_options_ = {
        options.exec, options.shell,
        is_live(options, context, context.streams(), context.printer().options().format)};
  }

  int run() {
    auto output = make_output();
    const auto watch =
        context_.watch({services_, output->trouble_sink(), output->wake_descriptor()});
    core::WatchedRegistry registry(*watch, clock_, debounce_);
    core::RegistryPicture before;
    std::optional<Progress> reading(std::in_place, context_, "reading instances");
    for (;;) {
      const bool first = !registry.has_picture();
      if (registry.next(next_look())) {
        reading.reset();
        output->take(core::changes_between(before, registry.picture()), registry.picture(),
                     clock_.now_milliseconds());
        before = registry.take();
        if (first) check_existence_at_first(before);
      } else {
        output->refresh();
      }
      if (registry.has_picture() && is_done(before)) return kExitDone;
      if (context_.streams().out.reader_gone()) return kExitDone;
    }
  }

 private:
  std::unique_ptr<WatchOutput> make_output() {
    const output::InstanceView view{.show_namespace = context_.all_namespaces(),
                                    .show_service = services_.size() > 1};
    return make_watch_output(output_options_, view, fmt::format("{}", fmt::join(services_, ", ")),
                             context_);
  }

  bool is_done(const core::RegistryPicture& picture) {
    return !conditions_.empty() && conditions_.missing(picture, services_).empty();
  }

  milliseconds next_look() const {
    constexpr milliseconds kLong{3'600'000};
    const auto again = conditions_.ask_again_at();
    if (!again) return kLong;
    return milliseconds(std::max<std::int64_t>(0, *again - clock_.steady_milliseconds()));
  }

  // A name that is wrong from the beginning is a mistake; who waits for a condition may wait for
  // the Service as well.
  void check_existence_at_first(const core::RegistryPicture& picture) {
    if (!conditions_.empty()) return;
    ServiceInstances found;
    found.services = services_;
    for (const std::string& service : services_) {
      if (!core::exists(picture, service)) found.missing.push_back(service);
    }
    check_existence(found, context_);
  }

  Context& context_;
  mutable k8s::SystemClock clock_;
  std::vector<std::string> services_;
  milliseconds debounce_;
  Conditions conditions_;
  WatchOutputOptions output_options_;
};

}  // namespace

Run declare_watch(CLI::App& app) {
  auto options = std::make_shared<WatchOptions>();
  app.add_option("SERVICE", options->services,
                 "Service (the application's name); several may be given")
      ->required();
  app.add_option("--until", options->until,
                 "End when this holds, one of the conditions of `podreg wait --for`; several must "
                 "hold together")
      ->type_name("CONDITION")
      ->allow_extra_args(false)
      ->take_all();
  app.add_option("--exec", options->exec,
                 "Run this program for each event, which it gets as JSON on its standard input; "
                 "arguments behind spaces, no shell")
      ->type_name("COMMAND");
  app.add_flag("--shell", options->shell, "Run the command of --exec with sh -c");
  app.add_flag_function(
      "--live,!--no-live", [options](std::int64_t count) { options->live = count > 0; },
      "A table that is redrawn in place; default on a terminal");
  app.add_option("--debounce", options->debounce,
                 "How long nothing must have changed before changes are shown together; default "
                 "50ms")
      ->type_name("DURATION");
  declare_reach(app, options->reach);
  return [options](Context& context) { return Watch(*options, context).run(); };
}

}  // namespace podreg::cli
