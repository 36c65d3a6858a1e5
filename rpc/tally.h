// How far the same work for many things is.
#pragma once

#include <cstddef>
#include <functional>

namespace podreg::rpc {

struct Tally {
  std::size_t all = 0;
  std::size_t done = 0;    // well or not
  std::size_t failed = 0;  // of those

  friend bool operator==(const Tally&, const Tally&) = default;
};

// Told at the beginning and whenever more is done, by one thread at a time; may be empty.
using TallySink = std::function<void(const Tally&)>;

}  // namespace podreg::rpc
