#include "k8s/json_stream.h"

#include "k8s/read_errors.h"

namespace podreg::k8s {

void JsonStream::refill() {
  static constexpr Ch kEnd[2] = {'\0', '\0'};
  offset_ += static_cast<std::size_t>(current_ - begin_);
  const auto piece = at_end_ ? std::string_view{} : source_.next();
  if (piece.empty()) {
    if (at_end_) --offset_;  // a '\0' of ours was taken
    at_end_ = true;
    begin_ = current_ = kEnd;
    end_ = kEnd + 1;
    if (auto bad = utf8_.finish()) throw not_utf8(name_, *bad, true);
    return;
  }
  begin_ = current_ = piece.data();
  end_ = begin_ + piece.size();
  if (auto bad = utf8_.feed(piece)) throw not_utf8(name_, *bad, false);
}

void JsonStream::skip_byte_order_mark() {
  static constexpr std::string_view kMark = "\xef\xbb\xbf";
  if (*current_ != kMark[0]) return;
  for (const char expected : kMark) {
    if (*current_ != expected) return;
    Take();
  }
}

}  // namespace podreg::k8s
