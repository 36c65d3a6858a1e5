#include "k8s/protobuf.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"

namespace podreg::k8s {
namespace {

[[noreturn]] void fail_in(std::string_view source, std::string_view why) {
  throw core::Error(core::ErrorKind::invalid_data,
                    fmt::format("{} is not valid protobuf: {}", source, why));
}

// Why the value of a tag is wrong, or nullptr.
const char* split(std::uint64_t value, ProtobufTag& tag) {
  if (value > UINT32_MAX || (value >> 3) == 0) return "no such field number";
  const auto type = static_cast<std::uint8_t>(value & 7);
  if (type != 0 && type != 1 && type != 2 && type != 5) return "no such wire type";
  tag.field = static_cast<std::uint32_t>(value >> 3);
  tag.type = static_cast<WireType>(type);
  return nullptr;
}

constexpr std::string_view kVarintTooLong = "a number of more than 64 bits";

// A varint that is built byte by byte, the lowest seven bits first.
struct Varint {
  enum class State : std::uint8_t { more, complete, too_long };

  State add(char c) {
    const auto byte = static_cast<std::uint8_t>(c);
    // Nine bytes hold 63 bits, so of a tenth only the lowest bit may be set.
    if (shift == 63 && byte > 1) return State::too_long;
    value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
    shift += 7;
    return (byte & 0x80) != 0 ? State::more : State::complete;
  }

  std::uint64_t value = 0;
  unsigned shift = 0;
};

}  // namespace

std::uint64_t ProtobufMessage::varint() {
  Varint varint;
  for (std::size_t i = 0; i < rest_.size(); ++i) {
    const auto state = varint.add(rest_[i]);
    if (state == Varint::State::more) continue;
    if (state == Varint::State::too_long) fail_in(source_, kVarintTooLong);
    rest_.remove_prefix(i + 1);
    return varint.value;
  }
  fail_in(source_, "a message ends inside a number");
}

std::string_view ProtobufMessage::take(std::uint64_t size) {
  if (size > rest_.size()) fail_in(source_, "a field is longer than its message");
  const auto taken = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return taken;
}

bool ProtobufMessage::next(Field& field) {
  if (rest_.empty()) return false;
  ProtobufTag tag;
  if (const char* why = split(varint(), tag)) fail_in(source_, why);
  field.number = tag.field;
  field.type = tag.type;
  field.bytes = {};
  switch (tag.type) {
    case WireType::varint:
      varint();
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
    fail_in(source_, fmt::format("field {} is not of the type that it should be", field.number));
  }
  return field.bytes;
}

void ProtobufStream::fail(std::string_view why) const {
  fail_in(name_, fmt::format("{} (byte {})", why, position()));
}

void ProtobufStream::fail_cut_short() const {
  throw core::Error(core::ErrorKind::invalid_data,
                    fmt::format("{} is cut short after {} bytes", name_, position()));
}

bool ProtobufStream::at_end() {
  if (!piece_.empty()) return false;
  piece_ = source_.next();
  pulled_ += piece_.size();
  return piece_.empty();
}

std::uint64_t ProtobufStream::varint() {
  Varint varint;
  auto state = Varint::State::more;
  while (state == Varint::State::more) {
    if (at_end()) fail_cut_short();
    state = varint.add(piece_.front());
    piece_.remove_prefix(1);
  }
  if (state == Varint::State::too_long) fail(kVarintTooLong);
  return varint.value;
}

ProtobufTag ProtobufStream::tag() {
  ProtobufTag tag;
  if (const char* why = split(varint(), tag)) fail(why);
  return tag;
}

std::string_view ProtobufStream::take(std::uint64_t size, std::size_t limit) {
  if (size > limit) fail(fmt::format("a field of {} bytes, where {} are the limit", size, limit));
  if (size > 0) at_end();  // so that there is a piece to look at
  if (size <= piece_.size()) {
    const auto taken = piece_.substr(0, size);
    piece_.remove_prefix(size);
    return taken;
  }
  assembled_.clear();
  while (assembled_.size() < size) {
    if (at_end()) fail_cut_short();
    const auto part = piece_.substr(0, size - assembled_.size());
    assembled_.append(part);
    piece_.remove_prefix(part.size());
  }
  return assembled_;
}

void ProtobufStream::skip(std::uint64_t size) {
  while (size > 0) {
    if (at_end()) fail_cut_short();
    const auto part = std::min<std::uint64_t>(size, piece_.size());
    piece_.remove_prefix(part);
    size -= part;
  }
}

void ProtobufStream::skip_value(WireType type) {
  switch (type) {
    case WireType::varint:
      varint();
      break;
    case WireType::fixed64:
      skip(8);
      break;
    case WireType::bytes:
      skip(varint());
      break;
    case WireType::fixed32:
      skip(4);
      break;
  }
}

}  // namespace podreg::k8s
