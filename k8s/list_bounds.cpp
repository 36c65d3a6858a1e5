#include "k8s/list_bounds.h"

#include <fmt/format.h>

#include <utility>

#include "core/error.h"

namespace podreg::k8s {
namespace {

using core::Error;
using core::ErrorKind;

constexpr int kEmptyPages = 10;

}  // namespace

ListBounds::ListBounds(std::string name, std::uint64_t largest)
    : name_(std::move(name)), largest_(largest) {}

void ListBounds::begin_list() {
  before_ = page_ = 0;
  empty_ = 0;
}

void ListBounds::begin_page() { page_ = 0; }

void ListBounds::take(std::uint64_t bytes) {
  page_ += bytes;
  if (before_ + page_ <= largest_) return;
  throw Error(ErrorKind::invalid_data,
              fmt::format("all pages of {} are larger than {} MiB, the most that is taken", name_,
                          largest_ >> 20U));
}

void ListBounds::end_page(std::uint64_t objects, bool is_last) {
  before_ += std::exchange(page_, 0);
  empty_ = objects == 0 ? empty_ + 1 : 0;
  if (is_last || empty_ < kEmptyPages) return;
  throw Error(ErrorKind::invalid_data,
              fmt::format("{} goes on after {} pages in a row without an object", name_, empty_));
}

}  // namespace podreg::k8s
