#include "cli/watch_output.h"

#include <optional>
#include <string>
#include <utility>

#include "cli/context.h"
#include "cli/event_command.h"
#include "cli/live_screen.h"
#include "cli/progress.h"
#include "cli/standard_streams.h"
#include "output/color.h"
#include "output/live_table.h"
#include "output/registry_events.h"
#include "output/terminal_text.h"
#include "output/text_keeper.h"
#include "output/watch_printer.h"

namespace podreg::cli {
namespace {

output::SyncedEvent synced(const core::RegistryPicture& picture) {
  output::SyncedEvent event{};
  for (const core::ServicePicture& service : picture) {
    event.instances += service.discovery.instances.size();
    event.warnings += service.discovery.warnings.size();
  }
  return event;
}

// A line or document for each event.
class LinesOutput final : public WatchOutput {
 public:
  LinesOutput(const output::InstanceView& view, Context& context)
      : printer_(context.streams(), context.printer().options(), view) {}

  void take(const std::vector<core::RegistryChange>& changes, const core::RegistryPicture& picture,
            std::int64_t time) override {
    printer_.print(changes, time);
    if (!std::exchange(is_synced_, true)) printer_.print(synced(picture), time);
  }

  int wake_descriptor() const override { return output_pipe(); }

 private:
  output::WatchPrinter printer_;
  bool is_synced_ = false;
};

class LiveOutput final : public WatchOutput {
 public:
  LiveOutput(const output::InstanceView& view, const std::string& title, Context& context)
      : context_(context),
        table_(title, view, context.printer().options(),
               output::use_color(context.printer().options().color, true)) {}

  void take(const std::vector<core::RegistryChange>& changes, const core::RegistryPicture& picture,
            std::int64_t time) override {
    table_.take(changes, picture, time);
    if (!hold_) hold_.emplace(context_);
    screen_.enter();
    refresh();
  }

  void refresh() override {
    if (!screen_.is_entered()) return;
    context_.streams().out.write(table_.frame(screen_.size()));
    context_.streams().out.flush();
  }

  core::TroubleSink trouble_sink() override {
    return [this](const core::WatchTrouble& trouble) {
      if (!screen_.is_entered()) return context_.tell_trouble(trouble);
      table_.trouble(trouble.reason.empty() ? "" : in_words(trouble));
      refresh();
    };
  }

  int wake_descriptor() const override { return screen_.resized_descriptor(); }

 private:
  Context& context_;
  output::LiveTable table_;
  std::optional<ProgressHold> hold_;  // there is no place for it beside the table
  LiveScreen screen_;
};

// The lines of -o jsonl, each to a process of its own.
class CommandOutput final : public WatchOutput {
 public:
  CommandOutput(const WatchOutputOptions& options, Context& context)
      : context_(context),
        command_(options.exec, options.shell,
                 [this](const std::string& sentence) { warn(sentence); }) {}

  void take(const std::vector<core::RegistryChange>& changes, const core::RegistryPicture& picture,
            std::int64_t time) override {
    for (const auto& change : changes) {
      output::write_event(change, time, *emitter_);
      command_.run(line_.take());
    }
    if (std::exchange(is_synced_, true)) return;
    output::write_event(synced(picture), time, *emitter_);
    command_.run(line_.take());
  }

 private:
  void warn(const std::string& sentence) {
    if (context_.quiet()) return;
    context_.streams().err.write("warning: " + output::terminal_text(sentence) + "\n");
    context_.streams().err.flush();
  }

  Context& context_;
  EventCommand command_;
  output::TextKeeper line_;
  std::unique_ptr<output::Emitter> emitter_ =
      output::make_json_emitter(line_, output::JsonLayout::compact);
  bool is_synced_ = false;
};

}  // namespace

std::unique_ptr<WatchOutput> make_watch_output(const WatchOutputOptions& options,
                                               const output::InstanceView& view,
                                               const std::string& title, Context& context) {
  if (!options.exec.empty()) return std::make_unique<CommandOutput>(options, context);
  if (options.live) return std::make_unique<LiveOutput>(view, title, context);
  return std::make_unique<LinesOutput>(view, context);
}

}  // namespace podreg::cli
