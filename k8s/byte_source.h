// Bytes that arrive in pieces: a file, standard input, the body of an HTTP answer. All parsers of
// this folder pull from one of these, so that nothing has to be in memory as a whole.
#pragma once

#include <string_view>

namespace podreg::k8s {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // The next piece, at least one byte, valid until the next call; empty at the end, and from then
  // on. Throws core::Error when the bytes cannot be had.
  virtual std::string_view next() = 0;

  // The same for a reader whose document is complete, who only asks whether more follows: empty
  // also when nothing more is there yet of an answer whose end is late. A file is read to its end.
  virtual std::string_view rest() { return next(); }
};

}  // namespace podreg::k8s
