// Where results and messages go. An interface, so that tests see what a terminal would.
#pragma once

#include <string_view>

namespace podreg::core {

class TextSink {
 public:
  virtual ~TextSink() = default;
  // Throws Error when the text cannot be written: output, or reader_gone.
  virtual void write(std::string_view text) = 0;
  virtual void flush() = 0;
};

struct Streams {
  TextSink& out;  // data, and nothing else
  TextSink& err;  // everything for people: errors, warnings, progress
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

}  // namespace podreg::core
