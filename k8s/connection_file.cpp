#include "k8s/connection_file.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "core/error.h"
#include "k8s/file_source.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

// "-" is a file's name here, not standard input.
std::string file_only(const std::string& path) {
  return path == FileSource::kStandardInput ? "./-" : path;
}

std::string read_whole(const std::string& path, std::size_t limit) {
  FileSource source(file_only(path));
  std::string text;
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) {
    text += piece;
    if (text.size() > limit) {
      throw Error(ErrorKind::invalid_data,
                  fmt::format("{} is larger than {} MiB", path, limit >> 20));
    }
  }
  return text;
}

}  // namespace

std::string read_connection_file(const std::string& path, const std::string& what,
                                 std::size_t limit, const std::string& hint) {
  try {
    return read_whole(path, limit);
  } catch (const Error& error) {
    throw Error(ErrorKind::invalid_data, fmt::format("{}: {}", what, error.what()), hint);
  }
}

bool readable_by_everybody(const std::string& path) {
  struct stat status {};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         (status.st_mode & S_IROTH) != 0;
}

bool file_exists(const std::string& path) {
  return ::access(path.c_str(), F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR);
}

}  // namespace podreg::k8s
