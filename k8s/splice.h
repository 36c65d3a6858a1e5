// A text in which some ranges are replaced, without a copy of the rest.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/byte_source.h"

namespace podreg::k8s {

// The bytes from `begin` to before `end` give way to `text`.
struct Splice {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string text;
};

// Why a text cannot be changed by replacing ranges of it; thrown.
struct SpliceRefused {
  std::string why;         // "has …"
  std::size_t offset = 0;  // of the place in question
};

// The splices are sorted and do not overlap. The original must outlive it.
class SplicedText {
 public:
  SplicedText(std::string_view original, std::vector<Splice> splices);

  // The pieces that make up the new text; none is empty. Valid while this exists.
  const std::vector<std::string_view>& pieces() const { return pieces_; }

  // The new text of what was the range from `begin` to before `end`; no splice may cross its ends.
  std::string between(std::size_t begin, std::size_t end) const;

 private:
  void add(std::string_view piece);

  std::string_view original_;
  std::vector<Splice> splices_;
  std::vector<std::string_view> pieces_;
};

// Passes on pieces of memory, which must outlive it.
class PieceSource : public ByteSource {
 public:
  explicit PieceSource(std::vector<std::string_view> pieces) : pieces_(std::move(pieces)) {}

  std::string_view next() override { return next_ < pieces_.size() ? pieces_[next_++] : ""; }

 private:
  std::vector<std::string_view> pieces_;
  std::size_t next_ = 0;
};

}  // namespace podreg::k8s
