// Writes Hessian 2.0 (rpc/hessian2.h) as com.alibaba:hessian-lite of Dubbo 3.2.6 does: always the
// shortest form, so that the bytes of a request are those that Dubbo sends.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace podreg::rpc::hessian2 {

// Appends values; a map, list or object is what its begin and end enclose, and the caller sees to
// it that they match. Writes no references. Not thread safe.
class Writer {
 public:
  void null() { bytes_ += 'N'; }
  void boolean(bool value) { bytes_ += value ? 'T' : 'F'; }
  void integer(std::int32_t value);
  void long_integer(std::int64_t value);
  void real(double value);
  void date(std::int64_t milliseconds);  // since the epoch
  void string(std::string_view utf8);
  void binary(std::string_view bytes);

  // Keys and values in turn. An empty type is an untyped map (java.util.HashMap).
  void begin_map(std::string_view type = {});
  void end_map() { bytes_ += 'Z'; }

  // `size` values follow; there is no end. An empty type is an untyped list (java.util.ArrayList);
  // arrays are "[string", "[int", "[object".
  void list(std::size_t size, std::string_view type = {});

  const std::string& bytes() const { return bytes_; }
  std::string take() { return std::move(bytes_); }

 private:
  void big_endian(std::uint64_t value, int bytes);
  void write_type(std::string_view name);
  void chunk(std::string_view utf8, std::size_t units, bool last);

  std::string bytes_;
  std::map<std::string, std::int32_t, std::less<>> types_;
};

}  // namespace podreg::rpc::hessian2
