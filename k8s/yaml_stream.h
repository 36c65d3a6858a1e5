// A std::streambuf over a ByteSource, which is what yaml-cpp reads from. Checks the text as a
// whole, because yaml-cpp replaces bytes that are not UTF-8, and takes the control character 0x04
// for the end.
#pragma once

#include <cstddef>
#include <exception>
#include <streambuf>
#include <string>
#include <string_view>

#include "k8s/byte_source.h"
#include "k8s/utf8_check.h"

namespace podreg::k8s {

// Source and name must outlive it. Not thread safe.
class YamlStreambuf : public std::streambuf {
 public:
  YamlStreambuf(ByteSource& source, const std::string& name) : source_(source), name_(name) {}

  // Streams swallow exceptions, so an error ends the text; this throws it. Error(invalid_data) for
  // bytes that YAML does not allow, or what the source threw.
  void rethrow() const;

  bool at_end() const { return at_end_; }
  // Whether what was read so far ends in the middle of a line.
  bool in_line() const { return line_size_ != 0; }

 protected:
  int_type underflow() override;

 private:
  void fill();
  void check(std::string_view piece);
  void check_lines(std::string_view piece);

  ByteSource& source_;
  const std::string& name_;
  Utf8Check utf8_;
  std::size_t offset_ = 0;     // of the next piece
  std::size_t line_size_ = 0;  // of the line that is being read
  std::string area_;           // the piece, behind the last bytes of the one before
  bool at_end_ = false;
  std::exception_ptr error_;
};

}  // namespace podreg::k8s
