#include "k8s/yaml_stream.h"

#include <algorithm>

#include "k8s/read_errors.h"

namespace podreg::k8s {

void YamlStreambuf::rethrow() const {
  if (error_) std::rethrow_exception(error_);
}

YamlStreambuf::int_type YamlStreambuf::underflow() {
  if (gptr() == egptr() && !at_end_) {
    try {
      fill();
    } catch (...) {
      error_ = std::current_exception();
      at_end_ = true;
    }
  }
  return gptr() == egptr() ? traits_type::eof() : traits_type::to_int_type(*gptr());
}

void YamlStreambuf::fill() {
  const auto piece = source_.next();
  if (piece.empty()) {
    at_end_ = true;
    if (auto bad = utf8_.finish()) throw not_utf8(name_, *bad, true);
    return;
  }
  check(piece);
  offset_ += piece.size();
  // yaml-cpp puts back up to four bytes when it looks for a byte order mark.
  static constexpr std::size_t kPutBack = 4;
  const auto kept = std::min(area_.size(), kPutBack);
  area_.erase(0, area_.size() - kept).append(piece);
  setg(area_.data(), area_.data() + kept, area_.data() + area_.size());
}

void YamlStreambuf::check(std::string_view piece) {
  if (auto bad = utf8_.feed(piece)) throw not_utf8(name_, *bad, false);
  check_lines(piece);
  const auto forbidden = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f;
  };
  const auto* bad = std::ranges::find_if(piece, forbidden);
  if (bad != piece.end()) {
    throw unreadable(name_, "has a control character that YAML does not allow",
                     byte_place(offset_ + static_cast<std::size_t>(bad - piece.begin())));
  }
}

// yaml-cpp keeps several copies of a text; what is on one line is bounded here, before it gets any.
void YamlStreambuf::check_lines(std::string_view piece) {
  static constexpr std::size_t kLongestLine = std::size_t{8} << 20;
  for (std::size_t begin = 0; begin < piece.size();) {
    const auto end = piece.find('\n', begin);
    line_size_ += std::min(end, piece.size()) - begin;
    if (line_size_ > kLongestLine) {
      throw unreadable(name_, "has a line of more than 8 MiB", byte_place(offset_ + begin));
    }
    if (end == std::string_view::npos) return;
    line_size_ = 0;
    begin = end + 1;
  }
}

}  // namespace podreg::k8s
