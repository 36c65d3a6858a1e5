// Streams whose texts a test can look at.
#pragma once

#include <string>
#include <string_view>

#include "core/streams.h"

namespace podreg::output {

class CapturedText : public core::TextSink {
 public:
  void write(std::string_view text) override { text_ += text; }
  void flush() override {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

struct CapturedStreams {
  CapturedText out;
  CapturedText err;
  core::Streams streams{out, err};
};

}  // namespace podreg::output
