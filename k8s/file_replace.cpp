#include "k8s/file_replace.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

#include "core/error.h"
#include "k8s/file_source.h"

namespace podreg::k8s {
namespace {

std::string because(int error) { return ": " + std::generic_category().message(error); }

core::Error cannot_read(const std::string& name) {
  return {core::ErrorKind::invalid_data, "cannot read " + name + because(errno)};
}

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         std::free);
  if (!real) throw cannot_read(path);
  return real.get();
}

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

// A file that is removed again unless it has been renamed.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& path, const std::string& name)
      : name_(name),
        path_(folder_of(path) + "." + path.substr(path.rfind('/') + 1) + ".XXXXXX"),
        descriptor_(::mkostemp(path_.data(), O_CLOEXEC)) {
    if (descriptor_ < 0) fail();
  }
  ~TemporaryFile() {
    ::close(descriptor_);
    if (!renamed_) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  // The owner first: a change of it may take permissions away.
  void take_after(const struct stat& original) const {
    struct stat created {};
    ::fstat(descriptor_, &created);
    const bool same = created.st_uid == original.st_uid && created.st_gid == original.st_gid;
    if (!same && ::fchown(descriptor_, original.st_uid, original.st_gid) != 0) {
      throw core::Error(
          core::ErrorKind::output,
          "cannot write " + name_ + ": its owner and group would be other ones" + because(errno),
          "copy the file, or change it as its owner");
    }
    if (::fchmod(descriptor_, original.st_mode & 07777U) != 0) fail();
  }

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno != EINTR) fail();
      if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  void rename_to(const std::string& path) {
    if (::fsync(descriptor_) != 0 || ::rename(path_.c_str(), path.c_str()) != 0) fail();
    renamed_ = true;
  }

 private:
  [[noreturn]] void fail() const {
    throw core::Error(core::ErrorKind::output, "cannot write " + name_ + because(errno));
  }

  const std::string& name_;
  std::string path_;
  int descriptor_;
  bool renamed_ = false;
};

// Not all file systems can; the new name is seen at once all the same.
void sync_folder(const std::string& path) {
  const int folder = ::open(folder_of(path).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace

std::string read_whole_file(const std::string& path) {
  FileSource source(path);
  std::string text;
  std::error_code ignored;
  const auto size = std::filesystem::file_size(path, ignored);
  if (!ignored) text.reserve(size);
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) text += piece;
  return text;
}

FileReplacement::FileReplacement(const std::string& path) : name_(path), path_(real_path(path)) {
  open_and_lock();
}

FileReplacement::~FileReplacement() { ::close(descriptor_); }

// Who waited for the lock may have got that of a file that has been replaced by then.
void FileReplacement::open_and_lock() {
  for (;;) {
    descriptor_ = ::open(path_.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // not: wait for a pipe
    if (descriptor_ < 0) throw cannot_read(name_);
    struct stat opened {};
    struct stat named {};
    ::fstat(descriptor_, &opened);
    if (!S_ISREG(opened.st_mode)) {
      ::close(descriptor_);
      throw core::Error(core::ErrorKind::usage, name_ + " cannot be changed in place");
    }
    // A file system without locks is no reason to fail.
    while (::flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
    if (::stat(path_.c_str(), &named) == 0 && named.st_ino == opened.st_ino &&
        named.st_dev == opened.st_dev) {
      return;
    }
    ::close(descriptor_);
  }
}

std::string FileReplacement::read() const { return read_whole_file(path_); }

void FileReplacement::write(const std::vector<std::string_view>& pieces) {
  struct stat original {};
  ::fstat(descriptor_, &original);
  TemporaryFile file(path_, name_);
  for (const auto piece : pieces) file.write(piece);
  file.take_after(original);
  file.rename_to(path_);
  sync_folder(path_);
}

}  // namespace podreg::k8s
