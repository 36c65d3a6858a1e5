// Ends a list that does not end by itself: a server may have another page for ever, each of them in
// order and none like the one before.
//
// All pages of a list together may be as large as one answer. Kubernetes may send a page without an
// object, when those that it looked at do not match the selector, but not one after the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "k8s/byte_source.h"

namespace podreg::k8s {

class ListBounds {
 public:
  // `name` is that of the answer, for messages; `largest` the bytes of all pages.
  ListBounds(std::string name, std::uint64_t largest);

  // Before the first page, also when the list begins anew.
  void begin_list();
  // Before each page, also one that is read again: what came of it before does not count.
  void begin_page();
  // Bytes of the page. Throws Error(invalid_data) when the list is too large.
  void take(std::uint64_t bytes);
  // Throws Error(invalid_data) when too many pages in a row had no object, and another follows.
  void end_page(std::uint64_t objects, bool is_last);

 private:
  std::string name_;
  std::uint64_t largest_;
  std::uint64_t before_ = 0;  // bytes of the pages before this one
  std::uint64_t page_ = 0;
  int empty_ = 0;  // pages, in a row
};

// A page within its bounds. Both must outlive it. Throws what the source throws, and
// Error(invalid_data) when the list is too large.
class BoundedSource final : public ByteSource {
 public:
  BoundedSource(ByteSource& source, ListBounds& bounds) : source_(source), bounds_(bounds) {}

  std::string_view next() override { return take(source_.next()); }
  std::string_view rest() override { return take(source_.rest()); }

 private:
  std::string_view take(std::string_view piece) {
    bounds_.take(piece.size());
    return piece;
  }

  ByteSource& source_;
  ListBounds& bounds_;
};

}  // namespace podreg::k8s
