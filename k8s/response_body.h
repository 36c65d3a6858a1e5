// Reading the body of an answer that may break off.
#pragma once

#include <optional>
#include <string_view>

#include "core/error.h"
#include "k8s/byte_source.h"
#include "k8s/response.h"

namespace podreg::k8s {

// Sees whether a reader had all that there was.
class WatchedSource final : public ByteSource {
 public:
  explicit WatchedSource(ByteSource& source) : source_(source) {}

  std::string_view next() override {
    ended_ = true;
    const auto piece = source_.next();
    ended_ = piece.empty();
    return piece;
  }
  std::string_view rest() override { return source_.rest(); }

  // Nothing is left, or the rest cannot be had.
  bool ended() const { return ended_; }

 private:
  ByteSource& source_;
  bool ended_ = false;
};

// What `read` makes of the body; nothing when that broke off, or was cut short, and the request was
// sent again.
template <typename Read>
auto read_body(Response& response, Read read) -> std::optional<decltype(read(response))> {
  WatchedSource body(response);
  try {
    return read(body);
  } catch (const core::Error&) {
    if (!body.ended() || !response.ask_again()) throw;
    return std::nullopt;
  }
}

}  // namespace podreg::k8s
