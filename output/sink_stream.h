// A std::ostream over a TextSink, for libraries that write to one.
#pragma once

#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

#include "core/streams.h"

namespace podreg::output {

// Passes everything on at once and holds nothing. What the sink throws comes out of the write, as
// it is. The sink must outlive the stream.
class SinkStream : private std::streambuf, public std::ostream {
 public:
  explicit SinkStream(core::TextSink& sink) : std::ostream(nullptr), sink_(sink) {
    rdbuf(this);
    exceptions(std::ios::badbit);
  }

 private:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    sink_.write({text, static_cast<std::size_t>(size)});
    return size;
  }

  int overflow(int c) override {
    const char text = std::char_traits<char>::to_char_type(c);
    sink_.write({&text, 1});
    return std::char_traits<char>::not_eof(c);
  }

  core::TextSink& sink_;
};

}  // namespace podreg::output
