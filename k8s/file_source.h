// The bytes of a file or of standard input.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/byte_source.h"
#include "k8s/reading.h"

namespace podreg::k8s {

// Reads in blocks, so that a file of any size takes the same memory, and a pipe is read while it is
// written. Not thread safe.
class FileSource : public ByteSource {
 public:
  static constexpr std::string_view kStandardInput = "-";

  // Opens the file; "-" is standard input. The observer is told of its blocks until it is
  // destroyed. Throws Error(invalid_data) that names the path and the reason when it cannot be
  // opened.
  explicit FileSource(const std::string& path, const ReadObserver& observer = {});
  ~FileSource() override;
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;

  // Throws Error(invalid_data) when reading fails.
  std::string_view next() override;

  // For messages: the path, or "standard input".
  const std::string& name() const { return name_; }

  // Whether the same bytes can be read once more by opening the path again.
  bool is_repeatable() const;

 private:
  std::string name_;
  int descriptor_;
  std::vector<char> block_;
  ReadCounts counts_;
  ReadFollower follower_;
};

}  // namespace podreg::k8s
