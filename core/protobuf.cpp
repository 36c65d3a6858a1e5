#include "core/protobuf.h"

#include <fmt/format.h>

#include "core/error.h"

namespace podreg::core {

void fail_in_protobuf(std::string_view source, std::string_view why) {
  throw Error(ErrorKind::invalid_data, fmt::format("{} is not valid protobuf: {}", source, why));
}

const char* split_tag(std::uint64_t value, ProtobufTag& tag) {
  if (value > UINT32_MAX || (value >> 3) == 0) return "no such field number";
  const auto type = static_cast<std::uint8_t>(value & 7);
  if (type != 0 && type != 1 && type != 2 && type != 5) return "no such wire type";
  tag.field = static_cast<std::uint32_t>(value >> 3);
  tag.type = static_cast<WireType>(type);
  return nullptr;
}

Varint::State Varint::add(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  // Nine bytes hold 63 bits, so of a tenth only the lowest bit may be set.
  if (shift == 63 && byte > 1) return State::too_long;
  value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
  shift += 7;
  return (byte & 0x80) != 0 ? State::more : State::complete;
}

std::uint64_t ProtobufMessage::varint() {
  Varint varint;
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    const auto state = varint.add(rest_[i]);
    if (state == Varint::State::more) continue;
    if (state == Varint::State::too_long) fail_in_protobuf(source_, kVarintTooLong);
    rest_.remove_prefix(i + 1);
    return varint.value;
  }
  fail_in_protobuf(source_, "a message ends inside a number");
}

std::string_view ProtobufMessage::take(std::uint64_t size) {
  if (size > rest_.size()) fail_in_protobuf(source_, "a field is longer than its message");
  const auto taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

bool ProtobufMessage::next(Field& field) {
  if (rest_.empty()) return false;
  ProtobufTag tag;
  if (const char* why = split_tag(varint(), tag)) fail_in_protobuf(source_, why);
  field.number = tag.field;
  field.type = tag.type;
  field.bytes = {};
  field.value = 0;
  switch (tag.type) {
    case WireType::varint:
      field.value = varint();
      break;
    case WireType::fixed64:
      take(8);
      break;
    case WireType::bytes:
      field.bytes = take(varint());
      break;
    case WireType::fixed32:
      take(4);
      break;
  }
  return true;
}

std::string_view ProtobufMessage::bytes(const Field& field) const {
  if (field.type != WireType::bytes) {
    fail_in_protobuf(source_,
                     fmt::format("field {} is not of the type that it should be", field.number));
  }
  return field.bytes;
}

namespace {

void append_varint(std::string& message, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) message += static_cast<char>((value & 0x7f) | 0x80);
  message += static_cast<char>(value);
}

}  // namespace

void append_field(std::string& message, std::uint32_t number, std::string_view bytes) {
  append_varint(message, std::uint64_t{number} << 3 | static_cast<unsigned>(WireType::bytes));
  append_varint(message, bytes.size());
  message += bytes;
}

}  // namespace podreg::core
