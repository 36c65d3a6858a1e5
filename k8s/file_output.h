// A file with a new content, which everybody sees whole or not at all.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/streams.h"
#include "k8s/temporary_file.h"

namespace podreg::k8s {

// The content of a file of that name, whether there is one or not, until commit() unseen by
// anybody. A file that is there keeps its owner and permissions, and a symbolic link stays one.
// What is no regular file (/dev/null, a pipe) is written to as it is. Not thread safe.
class FileOutput final : public core::TextSink {
 public:
  // All functions throw Error(output) that names the path.
  explicit FileOutput(const std::string& path);
  ~FileOutput() override;
  FileOutput(const FileOutput&) = delete;
  FileOutput& operator=(const FileOutput&) = delete;

  void write(std::string_view text) override;
  void flush() override {}

  // The file has the new content, on the disk, when this returns.
  void commit();

 private:
  void write_to_device(std::string_view text) const;

  std::string name_;
  std::string path_;  // of the file itself
  int device_ = -1;   // what is no regular file; -1: there is none
  std::unique_ptr<TemporaryFile> file_;
};

}  // namespace podreg::k8s
