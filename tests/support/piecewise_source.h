// A ByteSource over bytes in memory that hands them out in pieces of a chosen size. Each piece is a
// block of memory of its own, freed with the next call: a parser that keeps a view too long, or
// reads beyond a piece, is caught by AddressSanitizer.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "k8s/byte_source.h"

namespace podreg::tests {

class PiecewiseSource : public k8s::ByteSource {
 public:
  PiecewiseSource(std::string_view bytes, std::size_t piece) : rest_(bytes), piece_size_(piece) {}

  std::string_view next() override {
    const std::size_t size = std::min(piece_size_, rest_.size());
    piece_ = std::make_unique<char[]>(size);
    std::copy_n(rest_.data(), size, piece_.get());
    rest_.remove_prefix(size);
    return {piece_.get(), size};
  }

 private:
  std::string_view rest_;
  std::size_t piece_size_;
  std::unique_ptr<char[]> piece_;
};

}  // namespace podreg::tests
