// Where results and messages go. An interface, so that tests see what a terminal would.
#pragma once

#include <string_view>

namespace podreg::core {

class TextSink {
 public:
  virtual ~TextSink() = default;
  // Throws Error(output) when the text cannot be written. When nobody reads it any more
  // (`| head -1`), it is dropped instead: what a command was to find out, it finds out.
  virtual void write(std::string_view text) = 0;
  virtual void flush() = 0;
  // Whether nobody reads any more: for who would write for ever.
  virtual bool reader_gone() const { return false; }
};

struct Streams {
  TextSink& out;  // data, and nothing else
  TextSink& err;  // everything for people: errors, warnings, progress
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

}  // namespace podreg::core
