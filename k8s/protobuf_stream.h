// Protobuf (core/protobuf.h) that arrives in pieces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/protobuf.h"
#include "k8s/byte_source.h"

namespace podreg::k8s {

// A message that arrives in pieces, of which only the part in hand is in memory.
class ProtobufStream {
 public:
  // Both are used as long as the stream is.
  ProtobufStream(ByteSource& source, const std::string& name) : source_(source), name_(name) {}

  // Whether no byte is left. May pull the next piece.
  bool at_end();
  // The same behind a complete message; ByteSource::rest() says what is waited for.
  bool has_rest();

  core::ProtobufTag tag();
  std::uint64_t varint();

  // The next `size` bytes, valid until the next call of any function: in place when they lie within
  // one piece, otherwise put together in a buffer that is used again and again. More than `limit`
  // is refused.
  std::string_view take(std::uint64_t size, std::size_t limit);

  // Steps over `size` bytes, however many, or over the value of a field of this type.
  void skip(std::uint64_t size);
  void skip_value(core::WireType type);

  // Bytes read since the beginning.
  std::uint64_t position() const { return pulled_ - piece_.size(); }

  // For callers, who see what is wrong with the values: "NAME is not valid protobuf: WHY (byte N)".
  [[noreturn]] void fail(std::string_view why) const;

 private:
  [[noreturn]] void fail_cut_short() const;
  void put(std::string_view piece);

  ByteSource& source_;
  const std::string& name_;
  std::string_view piece_;  // what is left of the piece in hand
  std::uint64_t pulled_ = 0;
  std::string assembled_;
};

}  // namespace podreg::k8s
