// Gives a file a new content so that everybody sees either the old or the new one, whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace podreg::k8s {

// The file behind a path, symbolic links followed, kept from everybody else who uses this class
// while it exists. Not thread safe.
class FileReplacement {
 public:
  // Waits for others. Throws Error(invalid_data) when there is no such file or it cannot be read,
  // Error(usage) when it is no regular file.
  explicit FileReplacement(const std::string& path);
  ~FileReplacement();
  FileReplacement(const FileReplacement&) = delete;
  FileReplacement& operator=(const FileReplacement&) = delete;

  std::string read() const;

  // A new file in the same folder takes the place of the old one, with its permissions, owner and
  // group; both are on the disk when this returns. Other hard links keep the old content. Throws
  // Error(output), also when this process may not make a file with that owner or group; the file is
  // as it was then.
  void write(const std::vector<std::string_view>& pieces);

 private:
  void open_and_lock();

  std::string name_;  // for messages
  std::string path_;  // of the file itself
  int descriptor_ = -1;
};

// The content of a file. Throws Error(invalid_data).
std::string read_whole_file(const std::string& path);

}  // namespace podreg::k8s
