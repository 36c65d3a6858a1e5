#include "k8s/temporary_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
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

// Signals that would end the process wait while this exists.
class SignalsWait {
 public:
  SignalsWait() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&ending, signal);
    pthread_sigmask(SIG_BLOCK, &ending, &before_);
  }
  ~SignalsWait() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsWait(const SignalsWait&) = delete;
  SignalsWait& operator=(const SignalsWait&) = delete;

 private:
  sigset_t before_{};
};

// -1 where the file system or the kernel cannot, or nothing could give it a name later.
int open_without_name([[maybe_unused]] const std::string& folder) {
#ifdef O_TMPFILE
  if (::access("/proc/self/fd", X_OK) != 0) return -1;
  return ::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC,
                S_IRUSR | S_IWUSR);
#else
  return -1;
#endif
}

std::string path_of(int descriptor) { return "/proc/self/fd/" + std::to_string(descriptor); }

}  // namespace

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

TemporaryFile::TemporaryFile(const std::string& path, std::string name)
    : name_(std::move(name)),
      pattern_(folder_of(path) + "." + path.substr(path.rfind('/') + 1) + ".XXXXXX"),
      descriptor_(open_without_name(folder_of(path))) {
  if (descriptor_ >= 0) return;
  path_ = pattern_;
  descriptor_ = ::mkostemp(path_.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail();
}

TemporaryFile::~TemporaryFile() {
  ::close(descriptor_);
  if (!renamed_ && !path_.empty()) ::unlink(path_.c_str());
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

// A name that nobody has: mkostemp makes a file to find one, whose place a link cannot take.
void TemporaryFile::give_name() {
  for (;;) {
    std::string name = pattern_;
    const int taken = ::mkostemp(name.data(), O_CLOEXEC);
    if (taken < 0) fail();
    ::close(taken);
    ::unlink(name.c_str());
    const bool linked = ::linkat(AT_FDCWD, path_of(descriptor_).c_str(), AT_FDCWD, name.c_str(),
                                 AT_SYMLINK_FOLLOW) == 0;
    if (linked) path_ = std::move(name);
    if (linked) return;
    if (errno != EEXIST) fail();
  }
}

void TemporaryFile::rename_to(const std::string& path) {
  if (::fsync(descriptor_) != 0) fail();
  {
    const SignalsWait wait;
    if (path_.empty()) give_name();
    if (::rename(path_.c_str(), path.c_str()) != 0) fail();
    renamed_ = true;
  }
  sync_folder(path);
}

void TemporaryFile::fail() const {
  throw core::Error(core::ErrorKind::output, "cannot write " + name_ + because(errno));
}

}  // namespace podreg::k8s
