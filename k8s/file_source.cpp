#include "k8s/file_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/error.h"

namespace podreg::k8s {
namespace {

// Fits the second-level cache, so that a parser finds the block there.
constexpr std::size_t kBlockBytes = 128U * 1024U;

core::Error cannot(const std::string& name, int error) {
  return {core::ErrorKind::invalid_data,
          "cannot read " + name + ": " + std::generic_category().message(error)};
}

}  // namespace

FileSource::FileSource(const std::string& path)
    : name_(path == kStandardInput ? "standard input" : path),
      descriptor_(path == kStandardInput ? STDIN_FILENO
                                         : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      block_(kBlockBytes) {
  if (descriptor_ < 0) throw cannot(name_, errno);
}

FileSource::~FileSource() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

std::string_view FileSource::next() {
  for (;;) {
    const auto count = ::read(descriptor_, block_.data(), block_.size());
    if (count >= 0) return {block_.data(), static_cast<std::size_t>(count)};
    if (errno != EINTR) throw cannot(name_, errno);
  }
}

bool FileSource::is_repeatable() const {
  struct stat status {};
  return descriptor_ != STDIN_FILENO && ::fstat(descriptor_, &status) == 0 &&
         S_ISREG(status.st_mode);
}

}  // namespace podreg::k8s
