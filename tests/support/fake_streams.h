// Streams that keep what is written to them.
#pragma once

#include <string>

#include "core/streams.h"

namespace podreg::tests {

class TextKeeper : public core::TextSink {
 public:
  void write(std::string_view text) override { text_.append(text); }
  void flush() override {}
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

struct FakeStreams {
  explicit FakeStreams(bool terminal) : streams{out, err, terminal, terminal} {}

  TextKeeper out;
  TextKeeper err;
  core::Streams streams;
};

}  // namespace podreg::tests
