// Keeps the text that is written to it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "core/streams.h"

namespace podreg::output {

class TextKeeper final : public core::TextSink {
 public:
  void write(std::string_view text) override { text_ += text; }
  void flush() override {}

  // What has come since the last call.
  std::string take() { return std::exchange(text_, {}); }

 private:
  std::string text_;
};

}  // namespace podreg::output
