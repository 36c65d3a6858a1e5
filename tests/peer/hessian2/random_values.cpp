#include "tests/peer/hessian2/random_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "tests/peer/hessian2/value_text.h"

namespace podreg::tests {

using rpc::hessian2::Writer;

namespace {

constexpr int kDepth = 4;

std::string utf8_of(std::uint32_t c) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (c >> shift & 0x3f)); };
  if (c < 0x80) return {static_cast<char>(c)};
  if (c < 0x800) return {static_cast<char>(0xc0 | c >> 6), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xe0 | c >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xf0 | c >> 18), tail(12), tail(6), tail(0)};
}

}  // namespace

// Mostly short; sometimes at the edges between forms, and of several chunks.
std::size_t RandomValues::length() {
  constexpr std::array<std::size_t, 8> kEdges = {16,     32,     1024,   32'765,
                                                 32'768, 65'530, 65'536, 100'000};
  if (below(300) > 0) return below(12);
  return kEdges[below(kEdges.size())] + below(3) - 1;
}

std::string RandomValues::string() {
  std::string text;
  for (std::size_t left = length(); left > 0; --left) {
    switch (below(6)) {
      case 0:
        text += utf8_of(0x4e00 + static_cast<std::uint32_t>(below(0x5000)));
        break;
      case 1:
        text += utf8_of(0x10000 + static_cast<std::uint32_t>(below(0x100000)));
        break;
      case 2:
        text += utf8_of(static_cast<std::uint32_t>(below(0x800)));
        break;
      default:
        text += static_cast<char>(' ' + below(95));
    }
  }
  return text;
}

std::string RandomValues::write_string(Writer& writer) {
  const auto text = string();
  writer.string(text);
  return text_of_string(text);
}

std::string RandomValues::write_date(Writer& writer) {
  const std::int64_t time = of_any_size() >> 10;
  const std::int64_t milliseconds = below(2) == 0 ? time : time / 60'000 * 60'000;
  writer.date(milliseconds);
  return fmt::format("t{}", milliseconds);
}

std::string RandomValues::write_real(Writer& writer) {
  const auto some = static_cast<double>(of_any_size());
  const std::array<double, 5> kinds = {some, some / 1000, static_cast<double>(below(3)) - 1,
                                       std::bit_cast<double>(random_()), some * 1e-7};
  const double value = kinds[below(kinds.size())];
  writer.real(value);
  return text_of_real(value);
}

RandomValues::Node RandomValues::write_scalar(Writer& writer) {
  Node node;
  switch (below(8)) {
    case 0:
      writer.null();
      node.text = "null";
      break;
    case 1: {
      const bool value = below(2) == 0;
      writer.boolean(value);
      node.text = value ? "true" : "false";
      break;
    }
    case 2: {
      const auto value = static_cast<std::int32_t>(of_any_size());
      writer.integer(value);
      node.text = std::to_string(value);
      break;
    }
    case 3: {
      const auto value = of_any_size();
      writer.long_integer(value);
      node.text = std::to_string(value) + 'L';
      break;
    }
    case 4:
      node.text = write_real(writer);
      break;
    case 5:
      node.text = write_date(writer);
      break;
    case 6: {
      std::string bytes(length(), '\0');
      std::ranges::generate(bytes, [&] { return static_cast<char>(below(256)); });
      writer.binary(bytes);
      node.text = text_of_binary(bytes);
      break;
    }
    default:
      node.text = write_string(writer);
  }
  return node;
}

RandomValues::Node RandomValues::write_list(Writer& writer, int depth) {
  constexpr std::array<const char*, 4> kTypes = {"", "[object", "java.util.LinkedList",
                                                 "java.util.Vector"};
  Node node;
  node.begin = '[';
  node.type = kTypes[below(kTypes.size())];
  const auto size = below(20) == 0 ? below(40) : below(5);
  writer.list(size, node.type);
  for (std::size_t i = 0; i < size; ++i) node.children.push_back(write(writer, depth - 1));
  return node;
}

RandomValues::Node RandomValues::write_array(Writer& writer) {
  constexpr std::array<const char*, 4> kTypes = {"[int", "[long", "[double", "[string"};
  Node node;
  node.begin = '[';
  const auto kind = below(kTypes.size());
  node.type = kTypes[kind];
  const auto size = below(20);
  writer.list(size, node.type);
  for (std::size_t i = 0; i < size; ++i) {
    Node item;
    if (kind == 0) {
      const auto value = static_cast<std::int32_t>(of_any_size());
      writer.integer(value);
      item.text = std::to_string(value);
    } else if (kind == 1) {
      const auto value = of_any_size();
      writer.long_integer(value);
      item.text = std::to_string(value) + 'L';
    } else {
      item.text = kind == 2 ? write_real(writer) : write_string(writer);
    }
    node.children.push_back(std::move(item));
  }
  return node;
}

// Types of Java that take any value. A key is a string that no other is.
RandomValues::Node RandomValues::write_map(Writer& writer, int depth) {
  constexpr std::array<const char*, 3> kTypes = {"", "java.util.LinkedHashMap",
                                                 "java.util.TreeMap"};
  Node node;
  node.begin = '{';
  node.type = kTypes[below(kTypes.size())];
  writer.begin_map(node.type);
  const auto size = below(6);
  for (std::size_t i = 0; i < size; ++i) {
    const auto key = string() + std::to_string(i);
    writer.string(key);
    node.names.push_back(text_of_string(key));
    node.children.push_back(write(writer, depth - 1));
  }
  writer.end_map();
  return node;
}

RandomValues::Node RandomValues::write(Writer& writer, int depth) {
  if (depth == 0 || below(2) == 0) return write_scalar(writer);
  switch (below(3)) {
    case 0:
      return write_list(writer, depth);
    case 1:
      return write_array(writer);
    default:
      return write_map(writer, depth);
  }
}

// Lists and maps are numbered as they are printed, maps sorted by key.
void RandomValues::print(const Node& node, std::string& line, int& number) {
  line += node.text;
  if (node.begin == 0) return;
  line += fmt::format("#{}{}{}:", number++, node.begin, node.type);
  std::vector<std::size_t> order(node.children.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!node.names.empty()) {
    std::ranges::sort(order, {}, [&](std::size_t i) { return node.names[i]; });
  }
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0) line += ',';
    if (!node.names.empty()) line += node.names[order[i]] + '=';
    print(node.children[order[i]], line, number);
  }
  line += node.begin == '[' ? ']' : '}';
}

std::string RandomValues::write_row(Writer& writer) {
  std::string line;
  int number = 0;
  for (auto left = 1 + below(4); left > 0; --left) {
    print(write(writer, kDepth), line, number);
    line += ' ';
  }
  return line;
}

}  // namespace podreg::tests
