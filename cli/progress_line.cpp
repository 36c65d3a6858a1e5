#include "cli/progress_line.h"

#include <csignal>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "output/terminal_text.h"

namespace podreg::cli {
namespace {

constexpr std::string_view kEmptyLine = "\r\x1b[K";

// What begins so soon after the end of another goes on with it: the lists of one command.
constexpr std::chrono::milliseconds kGap{100};

// Signals are for the threads that work.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

ProgressLine::~ProgressLine() {
  thread_ = {};  // ends it
  erase();
}

void ProgressLine::write(std::string_view text) {
  const std::lock_guard lock(mutex_);
  erase();
  err_.write(text);
  if (!text.empty()) at_line_start_ = text.ends_with('\n');
}

void ProgressLine::flush() {
  const std::lock_guard lock(mutex_);
  err_.flush();
}

ProgressLine::Handle ProgressLine::begin(Work work) {
  const std::lock_guard lock(mutex_);
  const bool goes_on = idle_since_ && work.began - *idle_since_ < kGap;
  if (works_.empty() && !goes_on) busy_since_ = work.began;
  if (!work.is_heard) start_drawing();
  works_.push_back(std::move(work));
  changed_.notify_one();
  return std::prev(works_.end());
}

void ProgressLine::end(Handle work) {
  const std::lock_guard lock(mutex_);
  works_.erase(work);
  if (!works_.empty()) return;
  erase();
  idle_since_ = Clock::now();
}

void ProgressLine::look() {
  const std::lock_guard lock(mutex_);
  start_when_slow();
}

void ProgressLine::hold() {
  const std::lock_guard lock(mutex_);
  ++holds_;
  erase();
}

void ProgressLine::release() {
  const std::lock_guard lock(mutex_);
  --holds_;
}

void ProgressLine::draw(Clock::time_point now) {
  const std::lock_guard lock(mutex_);
  draw_now(now);
}

void ProgressLine::start_when_slow() {
  if (!works_.empty() && !thread_.joinable() && Clock::now() - busy_since_ >= kInterval) {
    start_drawing();
  }
}

// Without a thread nothing is shown, which is no reason to fail.
void ProgressLine::start_drawing() {
  if (!options_.draws_itself || thread_.joinable()) return;
  const SignalsBlocked blocked;
  try {
    thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
  } catch (const std::system_error&) {
    options_.draws_itself = false;
  }
}

void ProgressLine::run(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (works_.empty()) {
      changed_.wait(lock, stop, [this] { return !works_.empty(); });
    } else {
      changed_.wait_for(lock, stop, kInterval, [] { return false; });
      draw_now(Clock::now());
    }
  }
}

void ProgressLine::draw_now(Clock::time_point now) {
  if (works_.empty() || holds_ > 0 || !at_line_start_ || now - busy_since_ < kDelay) return;
  const auto columns = options_.columns();
  if (columns == 0) return;
  // One column less than there are: in the last one some terminals begin another line.
  auto text = output::cut_to(columns - 1, progress_text(works_.front(), now));
  if (text == drawn_) return;
  try {
    err_.write(kEmptyLine);
    err_.write(text);
    err_.flush();
    drawn_ = std::move(text);
  } catch (const core::Error&) {
    drawn_.clear();
  }
}

void ProgressLine::erase() {
  if (std::exchange(drawn_, {}).empty()) return;
  try {
    err_.write(kEmptyLine);
    err_.flush();
  } catch (const core::Error&) {
    return;
  }
}

}  // namespace podreg::cli
