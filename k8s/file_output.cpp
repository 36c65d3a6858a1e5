#include "k8s/file_output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "core/error.h"

namespace podreg::k8s {
namespace {

core::Error cannot_write(const std::string& name) {
  return {core::ErrorKind::output,
          "cannot write " + name + ": " + std::generic_category().message(errno)};
}

// What open(2) would give a new file.
mode_t usual_permissions() {
  const mode_t mask = ::umask(0);
  ::umask(mask);
  return 0666U & ~mask;
}

std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         std::free);
  return real ? std::string(real.get()) : path;
}

}  // namespace

FileOutput::FileOutput(const std::string& path) : name_(path), path_(real_path(path)) {
  struct stat there {};
  const bool exists = ::stat(path_.c_str(), &there) == 0;
  if (exists && !S_ISREG(there.st_mode)) {
    device_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (device_ < 0) throw cannot_write(name_);
    return;
  }
  file_ = std::make_unique<TemporaryFile>(path_, name_);
  exists ? file_->take_after(there) : file_->set_permissions(usual_permissions());
}

FileOutput::~FileOutput() {
  if (device_ >= 0) ::close(device_);
}

void FileOutput::write(std::string_view text) {
  if (file_) return file_->write(text);
  write_to_device(text);
}

void FileOutput::write_to_device(std::string_view text) const {
  while (!text.empty()) {
    const auto count = ::write(device_, text.data(), text.size());
    if (count < 0 && errno != EINTR) throw cannot_write(name_);
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
}

void FileOutput::commit() {
  if (file_) file_->rename_to(path_);
}

}  // namespace podreg::k8s
