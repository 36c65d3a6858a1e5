// Lines of several threads on one stream, each with who says it before it.
#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "core/streams.h"

namespace podreg::cli {

// Passes on whole lines, so that those of several never mix. May be used from several threads, as
// long as each writes whole lines. The sink and the mutex, which all that write to the sink share,
// must outlive it.
class PrefixedLines final : public core::TextSink {
 public:
  PrefixedLines(std::string prefix, core::TextSink& sink, std::mutex& mutex)
      : prefix_(std::move(prefix)), sink_(sink), mutex_(mutex) {}

  void write(std::string_view text) override {
    const std::lock_guard lock(mutex_);
    line_ += text;
    const auto end = line_.rfind('\n') + 1;  // 0: no line is whole yet
    if (end > 0) pass_on(line_.substr(0, end));
    line_.erase(0, end);
  }

  void flush() override {}

  // What is left when nothing more comes.
  void end() {
    const std::lock_guard lock(mutex_);
    if (!line_.empty()) pass_on(line_ + "\n");
    line_.clear();
  }

 private:
  void pass_on(std::string_view lines) {
    std::string text;
    while (!lines.empty()) {
      const auto end = lines.find('\n') + 1;
      text.append(prefix_).append(lines.substr(0, end));
      lines.remove_prefix(end);
    }
    sink_.write(text);
    sink_.flush();
  }

  std::string prefix_;
  core::TextSink& sink_;
  std::mutex& mutex_;
  std::string line_;
};

}  // namespace podreg::cli
