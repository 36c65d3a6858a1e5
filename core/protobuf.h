// A reader of protobuf's wire format: tags, lengths and skipping, nothing more. No schema: callers
// know the numbers of the fields that they need, and everything else is stepped over.
//
// Format: https://protobuf.dev/programming-guides/encoding. A message is a run of fields, each a
// tag (varint: field number << 3 | wire type) and a value: wire type 0 a varint, 1 eight bytes, 2 a
// varint of a length and as many bytes, 5 four bytes. Wire types 3 and 4 (groups) are long
// deprecated, never written by Kubernetes or Dubbo, and refused.
//
// Every function throws core::Error(invalid_data), with a message that names the source, when the
// bytes are not that: a varint of more than 64 bits, a field number 0, an unknown wire type, a
// length beyond the enclosing message, an end in the middle. Nothing outside of the bytes given is
// ever read. Not thread safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace podreg::core {

enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

struct ProtobufTag {
  std::uint32_t field = 0;
  WireType type{};
};

// Takes a tag's varint apart; returns why it is wrong, or nullptr.
const char* split_tag(std::uint64_t value, ProtobufTag& tag);

// A varint that is built byte by byte, the lowest seven bits first.
struct Varint {
  enum class State : std::uint8_t { more, complete, too_long };

  State add(char c);

  std::uint64_t value = 0;
  unsigned shift = 0;
};

inline constexpr std::string_view kVarintTooLong = "a number of more than 64 bits";

// "SOURCE is not valid protobuf: WHY".
[[noreturn]] void fail_in_protobuf(std::string_view source, std::string_view why);

// A message that is in memory as a whole.
class ProtobufMessage {
 public:
  struct Field {
    std::uint32_t number = 0;
    WireType type{};
    std::string_view bytes;   // of WireType::bytes, a part of the message; empty otherwise
    std::uint64_t value = 0;  // of WireType::varint
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

// Appends a field that is a text or a message.
void append_field(std::string& message, std::uint32_t number, std::string_view bytes);

}  // namespace podreg::core
