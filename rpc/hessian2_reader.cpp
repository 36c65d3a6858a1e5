#include "rpc/hessian2_reader.h"

#include <fmt/format.h>

#include <bit>

#include "core/error.h"
#include "rpc/hessian2_text.h"

namespace podreg::rpc::hessian2 {
namespace {

constexpr std::size_t kLargestStream = std::size_t{1} << 30;  // offsets are kept in 32 bits

bool within(unsigned char tag, unsigned char first, unsigned char last) {
  return tag >= first && tag <= last;
}

bool is_string(unsigned char tag) {
  return tag <= 0x1f || within(tag, 0x30, 0x33) || tag == 'R' || tag == 'S';
}

bool is_binary(unsigned char tag) {
  return within(tag, 0x20, 0x2f) || within(tag, 0x34, 0x37) || tag == 'A' || tag == 'B';
}

}  // namespace

Reader::Reader(std::string_view bytes, Document& document, ReadLimits limits)
    : bytes_(bytes), document_(document), limits_(limits) {
  if (bytes.size() > kLargestStream) fail("more than 1 GiB");
}

Value Reader::read() {
  pending_.clear();
  open_.clear();
  do {
    read_into_pending();
    close_filled();
  } while (!open_.empty() || pending_.empty());
  return document_.value(pending_.back());
}

// One value, or the beginning or end of one with values in it, or a class definition.
void Reader::read_into_pending() {
  const unsigned char tag = byte();
  if (read_text(tag) || read_number(tag) || read_container(tag)) return;
  if (tag == 'N') {
    add(Kind::null);
    append(static_cast<std::uint32_t>(document_.nodes_.size() - 1));
  } else if (tag == 'Z' && !open_.empty() && open_.back().left == kOpen) {
    close();
  } else if (tag == 'C') {
    define_class();
  } else if (tag == 'Q') {
    read_reference();
  } else {
    --at_;
    fail(fmt::format("no value begins with {:#04x}", tag));
  }
}

bool Reader::read_text(unsigned char tag) {
  const bool string = is_string(tag);
  if (!string && !is_binary(tag)) return false;
  const auto begin = static_cast<std::uint32_t>(document_.text_.size());
  if (string) {
    read_string(tag, document_.text_);
  } else {
    read_binary(tag, document_.text_);
  }
  auto& node = add(string ? Kind::string : Kind::binary);
  node.span = {begin, static_cast<std::uint32_t>(document_.text_.size()) - begin};
  append(static_cast<std::uint32_t>(document_.nodes_.size() - 1));
  return true;
}

void Reader::read_string(unsigned char tag, std::string& into) {
  TextDecoder decoder(into);
  for (;; tag = byte()) {
    std::size_t units = tag;
    if (tag == 'R' || tag == 'S') {
      units = unsigned_bytes(2);
    } else if (within(tag, 0x30, 0x33)) {
      units = static_cast<std::size_t>(tag - 0x30) << 8 | byte();
    } else if (tag > 0x1f) {
      fail("a string's next chunk is none");
    }
    const std::size_t size = decoder.feed(bytes_.substr(at_), units);
    if (size == TextDecoder::kNotText) fail("a string that is cut short or not UTF-8");
    at_ += size;
    if (tag != 'R') break;
  }
  decoder.finish();
}

void Reader::read_binary(unsigned char tag, std::string& into) {
  for (;; tag = byte()) {
    std::size_t size = tag - std::size_t{0x20};
    if (tag == 'A' || tag == 'B') {
      size = unsigned_bytes(2);
    } else if (within(tag, 0x34, 0x37)) {
      size = static_cast<std::size_t>(tag - 0x34) << 8 | byte();
    } else if (!within(tag, 0x20, 0x2f)) {
      fail("a binary's next chunk is none");
    }
    into += take(size);
    if (tag != 'A') return;
  }
}

bool Reader::read_integer(unsigned char tag) {
  Kind kind = Kind::integer;
  std::int64_t number = 0;
  if (within(tag, 0x80, 0xbf)) {
    number = tag - 0x90;
  } else if (within(tag, 0xc0, 0xcf)) {
    number = (tag - 0xc8) * 0x100 + byte();
  } else if (within(tag, 0xd0, 0xd7)) {
    number = (tag - 0xd4) * 0x10000 + static_cast<std::int64_t>(unsigned_bytes(2));
  } else if (tag == 'I') {
    number = signed_bytes(4);
  } else {
    kind = Kind::long_integer;
    if (tag >= 0xf0) {
      number = (tag - 0xf8) * 0x100 + byte();
    } else if (tag >= 0xd8) {
      number = tag - 0xe0;
    } else if (within(tag, 0x38, 0x3f)) {
      number = (tag - 0x3c) * 0x10000 + static_cast<std::int64_t>(unsigned_bytes(2));
    } else if (tag == 'L') {
      number = signed_bytes(8);
    } else if (tag == 'Y') {
      number = signed_bytes(4);
    } else {
      return false;
    }
  }
  add(kind).number = number;
  return true;
}

// Everything of a fixed length that is no text.
bool Reader::read_number(unsigned char tag) {
  constexpr std::int64_t kMillisecondsOfMinute = 60'000;
  if (tag == 'T' || tag == 'F') {
    add(Kind::boolean).number = tag == 'T' ? 1 : 0;
  } else if (tag == 'J') {
    add(Kind::date).number = signed_bytes(8);
  } else if (tag == 'K') {
    add(Kind::date).number = signed_bytes(4) * kMillisecondsOfMinute;
  } else if (tag == 'D') {
    add(Kind::real).real = std::bit_cast<double>(unsigned_bytes(8));
  } else if (tag == 0x5b || tag == 0x5c) {
    add(Kind::real).real = tag == 0x5c ? 1.0 : 0.0;
  } else if (tag == 0x5d || tag == 0x5e) {
    add(Kind::real).real = static_cast<double>(signed_bytes(tag == 0x5d ? 1 : 2));
  } else if (tag == 0x5f) {
    add(Kind::real).real = 0.001 * static_cast<double>(signed_bytes(4));
  } else if (!read_integer(tag)) {
    return false;
  }
  append(static_cast<std::uint32_t>(document_.nodes_.size() - 1));
  return true;
}

bool Reader::read_container(unsigned char tag) {
  if (tag == 'H') {
    begin_container(Kind::map, 0, kOpen);
  } else if (tag == 'M') {
    begin_container(Kind::map, read_type(), kOpen);
  } else if (tag == 'U') {
    begin_container(Kind::list, read_type(), kOpen);
  } else if (tag == 'W') {
    begin_container(Kind::list, 0, kOpen);
  } else if (tag == 'V') {
    const auto type = read_type();
    begin_container(Kind::list, type, read_count());
  } else if (tag == 'X') {
    begin_container(Kind::list, 0, read_count());
  } else if (within(tag, 0x70, 0x77)) {
    begin_container(Kind::list, read_type(), tag - std::uint32_t{0x70});
  } else if (within(tag, 0x78, 0x7f)) {
    begin_container(Kind::list, 0, tag - std::uint32_t{0x78});
  } else if (tag == 'O') {
    begin_object(read_int());
  } else if (within(tag, 0x60, 0x6f)) {
    begin_object(tag - 0x60);
  } else {
    return false;
  }
  return true;
}

void Reader::begin_object(std::int64_t definition) {
  if (definition < 0 || static_cast<std::size_t>(definition) >= document_.classes_.size()) {
    fail(fmt::format("an object of class definition {}, of which there are {}", definition,
                     document_.classes_.size()));
  }
  const auto index = static_cast<std::uint32_t>(definition);
  const auto fields = document_.classes_[index].fields.size();
  begin_container(Kind::object, index, static_cast<std::uint32_t>(fields));
}

void Reader::begin_container(Kind kind, std::uint32_t type, std::uint32_t length) {
  if (open_.size() >= limits_.depth) {
    fail(fmt::format("nested deeper than {} levels", limits_.depth));
  }
  auto& node = add(kind);
  node.type = type;
  node.span = {0, 0};
  const auto id = static_cast<std::uint32_t>(document_.nodes_.size() - 1);
  references_.push_back(id);
  open_.push_back({id, length, pending_.size()});
}

// A value that is complete goes to the innermost that is open.
void Reader::append(std::uint32_t id) {
  pending_.push_back(id);
  if (!open_.empty() && open_.back().left != kOpen) --open_.back().left;
}

void Reader::close_filled() {
  while (!open_.empty() && open_.back().left == 0) close();
}

void Reader::close() {
  const Open closing = open_.back();
  auto& node = document_.nodes_[closing.id];
  const std::size_t count = pending_.size() - closing.children;
  if (node.kind == Kind::map && count % 2 != 0) fail("a map with a key that has no value");
  node.span = {static_cast<std::uint32_t>(document_.children_.size()),
               static_cast<std::uint32_t>(count)};
  const auto first = pending_.begin() + static_cast<std::ptrdiff_t>(closing.children);
  document_.children_.insert(document_.children_.end(), first, pending_.end());
  pending_.resize(closing.children);
  open_.pop_back();
  append(closing.id);
}

void Reader::define_class() {
  Document::ClassDefinition definition;
  definition.name = read_plain_string();
  const std::uint32_t fields = read_count();
  if (fields > limits_.class_fields) {
    fail(fmt::format("a class of {} fields; the limit is {}", fields, limits_.class_fields));
  }
  count(1 + fields);
  for (std::uint32_t i = 0; i < fields; ++i) definition.fields.push_back(read_plain_string());
  document_.classes_.push_back(std::move(definition));
}

std::string Reader::read_plain_string() {
  const unsigned char tag = byte();
  if (!is_string(tag)) fail("a name that is no string");
  std::string text;
  read_string(tag, text);
  return text;
}

// 0 is no type; those of the stream begin at 1.
std::uint32_t Reader::read_type() {
  const unsigned char tag = byte();
  --at_;
  auto& types = document_.types_;
  if (is_string(tag)) {
    count(1);
    types.push_back(read_plain_string());
    return static_cast<std::uint32_t>(types.size() - 1);
  }
  const std::int64_t number = read_int();
  if (number < 0 || static_cast<std::size_t>(number) + 1 >= types.size()) {
    fail(fmt::format("type {}, of which there are {}", number, types.size() - 1));
  }
  return static_cast<std::uint32_t>(number + 1);
}

void Reader::read_reference() {
  const std::int64_t number = read_int();
  if (number < 0 || static_cast<std::size_t>(number) >= references_.size()) {
    fail(fmt::format("a reference to value {}, of which there are {}", number, references_.size()));
  }
  count(1);
  append(references_[static_cast<std::size_t>(number)]);
}

std::int64_t Reader::read_int() {
  const auto nodes = document_.nodes_.size();
  if (!read_integer(byte()) || document_.nodes_.back().kind != Kind::integer) {
    fail("a number is missing");
  }
  const std::int64_t number = document_.nodes_.back().number;
  document_.nodes_.resize(nodes);
  return number;
}

// How many there are to come, each of which takes a byte at least.
std::uint32_t Reader::read_count() {
  const std::int64_t count = read_int();
  const std::size_t left = bytes_.size() - at_;
  if (count < 0 || static_cast<std::size_t>(count) > left) {
    fail(fmt::format("a length of {}, with {} bytes left", count, left));
  }
  return static_cast<std::uint32_t>(count);
}

void Reader::count(std::size_t values) {
  counted_ += values;
  if (counted_ > limits_.values) fail(fmt::format("more than {} values", limits_.values));
}

Document::Node& Reader::add(Kind kind) {
  count(1);
  auto& node = document_.nodes_.emplace_back();
  node.kind = kind;
  return node;
}

unsigned char Reader::byte() {
  if (at_ == bytes_.size()) fail("the data ends too early");
  return static_cast<unsigned char>(bytes_[at_++]);
}

std::string_view Reader::take(std::size_t size) {
  if (size > bytes_.size() - at_) fail("the data ends too early");
  const auto taken = bytes_.substr(at_, size);
  at_ += size;
  return taken;
}

std::uint64_t Reader::unsigned_bytes(int count) {
  std::uint64_t value = 0;
  for (int i = 0; i < count; ++i) value = value << 8 | byte();
  return value;
}

std::int64_t Reader::signed_bytes(int count) {
  const int unused = 64 - 8 * count;
  return static_cast<std::int64_t>(unsigned_bytes(count) << unused) >> unused;
}

void Reader::fail(const std::string& what) const {
  throw core::Error(core::ErrorKind::invalid_data,
                    fmt::format("not hessian2: {} at byte {}", what, at_));
}

}  // namespace podreg::rpc::hessian2
