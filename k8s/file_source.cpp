#include "k8s/file_source.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>

#include "core/error.h"

namespace podreg::k8s {
namespace {

// Fits the second-level cache, so that a parser finds the block there.
constexpr std::size_t kBlockBytes = 128U * 1024U;

// Nothing for what is no regular file.
std::optional<std::uint64_t> size_of(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return static_cast<std::uint64_t>(status.st_size);
}

core::Error cannot(const std::string& name, int error) {
  return {core::ErrorKind::invalid_data,
          fmt::format("cannot read {}: {}", name.empty() ? "\"\"" : name,
                      std::generic_category().message(error))};
}

}  // namespace

FileSource::FileSource(const std::string& path, const ReadObserver& observer)
    : name_(path == kStandardInput ? "standard input" : path),
      descriptor_(path == kStandardInput ? STDIN_FILENO
                                         : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)),
      block_(kBlockBytes) {
  if (descriptor_ < 0) throw cannot(name_, errno);
  follower_ = begin_reading(observer, "reading " + name_);
  if (follower_) counts_.size = size_of(descriptor_).value_or(0);
}

FileSource::~FileSource() {
  if (descriptor_ != STDIN_FILENO) ::close(descriptor_);
}

std::string_view FileSource::next() {
  for (;;) {
    const auto count = ::read(descriptor_, block_.data(), block_.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw cannot(name_, errno);
    counts_.bytes += static_cast<std::uint64_t>(count);
    if (follower_) follower_(counts_);
    return {block_.data(), static_cast<std::size_t>(count)};
  }
}

bool FileSource::is_repeatable() const {
  return descriptor_ != STDIN_FILENO && size_of(descriptor_).has_value();
}

}  // namespace podreg::k8s
