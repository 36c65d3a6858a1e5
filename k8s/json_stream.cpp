#include "k8s/json_stream.h"

#include "k8s/read_errors.h"

namespace podreg::k8s {

void JsonStream::refill() {
  static constexpr Ch kEnd[2] = {'\0', '\0'};
  offset_ += static_cast<std::size_t>(current_ - begin_);
  const auto piece = pull();
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

std::string_view JsonStream::pull() {
  if (at_end_) return {};
  return between_documents_ ? source_.rest() : source_.next();
}

bool JsonStream::has_another() {
  between_documents_ = true;
  skip_white_space();
  between_documents_ = false;
  return !at_end_;
}

void JsonStream::skip_byte_order_mark() {
  static constexpr std::string_view kMark = "\xef\xbb\xbf";
  for (const char expected : kMark) {
    if (Peek() != expected) return;
    Take();
  }
}

}  // namespace podreg::k8s
