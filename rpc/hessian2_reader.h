// Reads Hessian 2.0 (rpc/hessian2.h) from bytes that somebody else sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rpc/hessian2.h"

namespace podreg::rpc::hessian2 {

// More than any real answer has, and little enough to hold: what is read takes at most some 40
// bytes of memory for each value, and the texts as they are in the stream, which is for the caller
// to limit.
struct ReadLimits {
  std::size_t depth = 512;
  std::size_t class_fields = 10'000;
  std::size_t values = 1'000'000;  // with types, class definitions and their fields
};

// Not thread safe. Uses no recursion: depth costs no stack.
class Reader {
 public:
  // Both must outlive the Reader. Everything read goes to `document`, which must be a fresh one.
  Reader(std::string_view bytes, Document& document, ReadLimits limits = {});

  // The next value with all that is in it. Throws Error(invalid_data) with the offset when the
  // bytes end too early, are no Hessian 2.0 or exceed the limits; then nothing more can be read.
  Value read();

  bool at_end() const { return at_ == bytes_.size(); }
  std::size_t offset() const { return at_; }

 private:
  static constexpr std::uint32_t kOpen = 0xffffffff;

  // A list, map or object whose end has not come yet.
  struct Open {
    std::uint32_t id;
    std::uint32_t left;    // children that are still to come; kOpen: up to 'Z'
    std::size_t children;  // where its children begin in pending_
  };

  void read_into_pending();
  void begin_container(Kind kind, std::uint32_t type, std::uint32_t length);
  void begin_object(std::int64_t definition);
  void close_filled();
  void close();
  void append(std::uint32_t id);
  void define_class();

  bool read_number(unsigned char tag);
  bool read_integer(unsigned char tag);
  bool read_text(unsigned char tag);
  bool read_container(unsigned char tag);
  void read_string(unsigned char tag, std::string& into);
  void read_binary(unsigned char tag, std::string& into);
  std::string read_plain_string();
  std::int64_t read_int();
  std::uint32_t read_count();
  std::uint32_t read_type();
  void read_reference();

  Document::Node& add(Kind kind);
  void count(std::size_t values);
  unsigned char byte();
  std::uint64_t unsigned_bytes(int count);
  std::int64_t signed_bytes(int count);
  std::string_view take(std::size_t size);
  [[noreturn]] void fail(const std::string& what) const;

  std::string_view bytes_;
  Document& document_;
  ReadLimits limits_;
  std::size_t at_ = 0;
  std::size_t counted_ = 0;  // towards the limit of values
  std::vector<Open> open_;
  std::vector<std::uint32_t> pending_;
  std::vector<std::uint32_t> references_;
};

}  // namespace podreg::rpc::hessian2
