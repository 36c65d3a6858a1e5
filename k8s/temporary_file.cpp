#include "k8s/temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>
#include <utility>

#include "core/error.h"

namespace podreg::k8s {
namespace {

std::string because(int error) { return ": " + std::generic_category().message(error); }

// Not all file systems can; the new name is seen at once all the same.
void sync_folder(const std::string& path) {
  const auto name = folder_of(path);
  const int folder = ::open(name.empty() ? "." : name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

TemporaryFile::TemporaryFile(const std::string& path, std::string name)
    : name_(std::move(name)),
      path_(folder_of(path) + "." + path.substr(path.rfind('/') + 1) + ".XXXXXX"),
      descriptor_(::mkostemp(path_.data(), O_CLOEXEC)) {
  if (descriptor_ < 0) fail();
}

TemporaryFile::~TemporaryFile() {
  ::close(descriptor_);
  if (!renamed_) ::unlink(path_.c_str());
}

// The owner first: a change of it may take permissions away.
void TemporaryFile::take_after(const struct stat& original) const {
  struct stat created {};
  ::fstat(descriptor_, &created);
  const bool same = created.st_uid == original.st_uid && created.st_gid == original.st_gid;
  if (!same && ::fchown(descriptor_, original.st_uid, original.st_gid) != 0) {
    throw core::Error(
        core::ErrorKind::output,
        "cannot write " + name_ + ": its owner and group would be other ones" + because(errno),
        "copy the file, or change it as its owner");
  }
  set_permissions(original.st_mode & 07777U);
}

void TemporaryFile::set_permissions(mode_t mode) const {
  if (::fchmod(descriptor_, mode) != 0) fail();
}

void TemporaryFile::write(std::string_view bytes) const {
  while (!bytes.empty()) {
    const auto count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) fail();
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void TemporaryFile::rename_to(const std::string& path) {
  if (::fsync(descriptor_) != 0 || ::rename(path_.c_str(), path.c_str()) != 0) fail();
  renamed_ = true;
  sync_folder(path);
}

void TemporaryFile::fail() const {
  throw core::Error(core::ErrorKind::output, "cannot write " + name_ + because(errno));
}

}  // namespace podreg::k8s
