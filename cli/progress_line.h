// The last line of the terminal that is standard error, which says what podreg is doing.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <list>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>

#include "cli/progress_text.h"
#include "core/streams.h"

namespace podreg::cli {

struct ProgressLineOptions {
  bool shown = false;  // false: it only passes on what is written
  // Of the terminal; 0: nothing is to be drawn there now.
  std::function<std::size_t()> columns;
  bool draws_itself = true;  // from a thread of its own; false: when draw() is called
};

// Stands before standard error: what is written there takes the place of the line, which comes back
// below it. Shown is the work that began first of all that are under way, once they have taken
// longer than half a second; the time goes on while nothing else happens. A line that the terminal
// does not take is lost. Everything may be called from any thread.
//
// It is drawn by a thread of its own. A work that is heard has none before it has taken a while:
// with it 10,000 pods on a busy machine took a twelfth longer.
class ProgressLine final : public core::TextSink {
 public:
  using Clock = std::chrono::steady_clock;
  using Handle = std::list<Work>::iterator;

  static constexpr std::chrono::milliseconds kDelay{500};
  static constexpr std::chrono::milliseconds kInterval{100};

  // The sink must outlive it.
  ProgressLine(core::TextSink& err, ProgressLineOptions options)
      : err_(err), options_(std::move(options)) {}
  ~ProgressLine() override;
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // Throw what the sink throws.
  void write(std::string_view text) override;
  void flush() override;

  bool is_shown() const { return options_.shown; }

  // For Progress, when is_shown(). The handle is valid until end().
  Handle begin(Work work);
  template <typename Counts>
  void set(Handle work, const Counts& counts) {
    const std::lock_guard lock(mutex_);
    work->counts = counts;
    start_when_slow();
  }
  void end(Handle work);

  // For who waits: sees whether that takes long.
  void look();

  // Between them nothing is drawn: somebody else has the terminal. May be nested.
  void hold();
  void release();

  // Draws it when there is something to be shown at that time.
  void draw(Clock::time_point now);

 private:
  void start_when_slow();
  void start_drawing();
  void run(const std::stop_token& stop);
  void draw_now(Clock::time_point now);
  void erase();

  core::TextSink& err_;
  ProgressLineOptions options_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::list<Work> works_;
  Clock::time_point busy_since_;
  std::optional<Clock::time_point> idle_since_;
  int holds_ = 0;
  bool at_line_start_ = true;  // so that nothing is drawn behind half a sentence
  std::string drawn_;          // empty: nothing stands there
  std::jthread thread_;        // begins when it may be needed
};

}  // namespace podreg::cli
