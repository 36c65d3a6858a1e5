// A RapidJSON input stream over a ByteSource: keeps one piece at a time, pulls the next when a byte
// of it is asked for, and checks that the bytes are UTF-8.
#pragma once

#include <cstddef>
#include <cstring>
#include <functional>
#include <string>

#include "k8s/byte_source.h"
#include "k8s/utf8_check.h"

namespace podreg::k8s {

// RapidJSON's Stream concept, hence its names. At the end Peek() is '\0', as RapidJSON wants it;
// only at_end() tells that from a byte 0 in the text. Throws what the source throws, and
// Error(invalid_data) naming `name` when a piece is not UTF-8. Source and name must outlive it. Not
// thread safe.
class JsonStream {
 public:
  using Ch = char;

  JsonStream(ByteSource& source, const std::string& name) : source_(source), name_(name) {
    skip_byte_order_mark();
  }
  JsonStream(const JsonStream&) = delete;
  JsonStream& operator=(const JsonStream&) = delete;

  // Not Take pulls the next piece: behind the last byte of a document there may be none for long.
  Ch Peek() {
    if (current_ == end_) [[unlikely]] {
      refill();
    }
    return *current_;
  }
  Ch Take() {
    const Ch taken = Peek();
    ++current_;
    return taken;
  }
  // Bytes from the beginning of the source.
  std::size_t Tell() const { return offset_ + static_cast<std::size_t>(current_ - begin_); }

  // Not an output stream; RapidJSON wants these to exist.
  Ch* PutBegin() { return nullptr; }
  void Put(Ch) {}
  void Flush() {}
  std::size_t PutEnd(Ch*) { return 0; }

  bool at_end() const { return at_end_; }

  // Whether anything but white space follows the document that was read; ByteSource::rest() says
  // what is waited for.
  bool has_another();

  // RapidJSON's hook for white space, found by argument-dependent lookup: indented JSON is up to
  // half blanks, passed here eight at a time.
  // NOLINTNEXTLINE(readability-identifier-naming)
  friend void SkipWhitespace(JsonStream& stream) { stream.skip_white_space(); }

 private:
  void refill();
  std::string_view pull();
  void skip_byte_order_mark();

  void skip_white_space() {
    static constexpr std::size_t kWord = 8;
    for (;;) {
      while (end_ - current_ > static_cast<std::ptrdiff_t>(kWord) &&
             std::memcmp(current_, "        ", kWord) == 0) {
        current_ += kWord;
      }
      const Ch next = Peek();
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') return;
      ++current_;
    }
  }

  ByteSource& source_;
  const std::string& name_;
  Utf8Check utf8_;
  const Ch* begin_ = nullptr;
  const Ch* current_ = nullptr;
  const Ch* end_ = nullptr;
  std::size_t offset_ = 0;  // of begin_
  bool at_end_ = false;
  bool between_documents_ = false;
};

}  // namespace podreg::k8s
