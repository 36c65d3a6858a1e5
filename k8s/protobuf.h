// A reader of protobuf's wire format: tags, lengths and skipping, nothing more. No schema: callers
// know the numbers of the fields that they need, and everything else is stepped over.
//
// Format: https://protobuf.dev/programming-guides/encoding. A message is a run of fields, each a
// tag (varint: field number << 3 | wire type) and a value: wire type 0 a varint, 1 eight bytes, 2 a
// varint of a length and as many bytes, 5 four bytes. Wire types 3 and 4 (groups) are long
// deprecated, never written by Kubernetes, and refused.
//
// Every function throws core::Error(invalid_data), with a message that names the source, when the
// bytes are not that: a varint of more than 64 bits, a field number 0, an unknown wire type, a
// length beyond the enclosing message or the caller's bound, an end in the middle. Nothing outside
// of the bytes given is ever read. Not thread safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "k8s/byte_source.h"

namespace podreg::k8s {

enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct ProtobufTag {
  std::uint32_t field = 0;
  WireType type{};
};

// A message that is in memory as a whole.
class ProtobufMessage {
 public:
  struct Field {
    std::uint32_t number = 0;
    WireType type{};
    std::string_view bytes;  // of WireType::bytes, a part of the message; empty otherwise
  };

  // `source` is its name in messages. Neither text is copied.
  ProtobufMessage(std::string_view message, std::string_view source)
      : rest_(message), source_(source) {}

  // Moves to the next field; false at the end of the message.
  bool next(Field& field);

  // The bytes of a field that has to be of WireType::bytes: a text, a message.
  std::string_view bytes(const Field& field) const;

 private:
  std::uint64_t varint();
  std::string_view take(std::uint64_t size);

  std::string_view rest_;
  std::string_view source_;
};

// A message that arrives in pieces, of which only the part in hand is in memory.
class ProtobufStream {
 public:
  // Both are used as long as the stream is.
  ProtobufStream(ByteSource& source, const std::string& name) : source_(source), name_(name) {}

  // Whether no byte is left. May pull the next piece.
  bool at_end();

  ProtobufTag tag();
  std::uint64_t varint();

  // The next `size` bytes, valid until the next call of any function: in place when they lie within
  // one piece, otherwise put together in a buffer that is used again and again. More than `limit`
  // is refused.
  std::string_view take(std::uint64_t size, std::size_t limit);

  // Steps over `size` bytes, however many, or over the value of a field of this type.
  void skip(std::uint64_t size);
  void skip_value(WireType type);

  // Bytes read since the beginning.
  std::uint64_t position() const { return pulled_ - piece_.size(); }

  // For callers, who see what is wrong with the values: "NAME is not valid protobuf: WHY (byte N)".
  [[noreturn]] void fail(std::string_view why) const;

 private:
  [[noreturn]] void fail_cut_short() const;

  ByteSource& source_;
  const std::string& name_;
  std::string_view piece_;  // what is left of the piece in hand
  std::uint64_t pulled_ = 0;
  std::string assembled_;
};

}  // namespace podreg::k8s
