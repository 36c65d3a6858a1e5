// A file that is written beside the one whose place it is to take.
#pragma once

#include <sys/stat.h>

#include <string>
#include <string_view>

namespace podreg::k8s {

// The folder of a path, with the slash at its end; empty for the current one.
std::string folder_of(const std::string& path);

// Gone again unless it has been renamed: where the system can, it has no name until then, so that
// nothing is left by a process that is killed. All functions throw Error(output) naming `name`. Not
// thread safe.
class TemporaryFile {
 public:
  // In the folder of `path`, readable for its owner alone. `name` is for messages.
  TemporaryFile(const std::string& path, std::string name);
  ~TemporaryFile();
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  // Gives it the owner, group and permissions of the original.
  void take_after(const struct stat& original) const;
  void set_permissions(mode_t mode) const;
  void write(std::string_view bytes) const;

  // It is on the disk, under that name, when this returns.
  void rename_to(const std::string& path);

 private:
  [[noreturn]] void fail() const;
  void give_name();

  std::string name_;
  std::string pattern_;  // of names, as mkostemp(3) takes it
  std::string path_;     // empty: it has no name
  int descriptor_;
  bool renamed_ = false;
};

}  // namespace podreg::k8s
