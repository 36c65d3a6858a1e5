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
#include "k8s/temporary_file.h"

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
}

}  // namespace podreg::k8s
