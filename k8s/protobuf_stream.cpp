#include "k8s/protobuf_stream.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.h"

namespace podreg::k8s {

using core::ProtobufTag;
using core::Varint;
using core::WireType;

void ProtobufStream::fail(std::string_view why) const {
  core::fail_in_protobuf(name_, fmt::format("{} (byte {})", why, position()));
}

void ProtobufStream::fail_cut_short() const {
  throw core::Error(core::ErrorKind::invalid_data,
                    fmt::format("{} is cut short after {} bytes", name_, position()));
}

bool ProtobufStream::at_end() {
  if (piece_.empty()) put(source_.next());
  return piece_.empty();
}

bool ProtobufStream::has_rest() {
  if (piece_.empty()) put(source_.rest());
  return !piece_.empty();
}

void ProtobufStream::put(std::string_view piece) {
  piece_ = piece;
  pulled_ += piece.size();
}

std::uint64_t ProtobufStream::varint() {
  Varint varint;
  auto state = Varint::State::more;
  while (state == Varint::State::more) {
    if (at_end()) fail_cut_short();
    state = varint.add(piece_.front());
    piece_.remove_prefix(1);
  }
  if (state == Varint::State::too_long) fail(core::kVarintTooLong);
  return varint.value;
}

ProtobufTag ProtobufStream::tag() {
  ProtobufTag tag;
  if (const char* why = core::split_tag(varint(), tag)) fail(why);
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
