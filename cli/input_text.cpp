#include "cli/input_text.h"

#include <fmt/format.h>

#include "core/error.h"
#include "k8s/file_source.h"

namespace podreg::cli {

namespace {

// More than Kubernetes takes of annotations, and than any MetadataInfo has.
constexpr std::size_t kLargestInput = std::size_t{16} << 20;

std::string read_all(const std::string& path) {
  k8s::FileSource source(path);
  std::string text;
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) {
    text += piece;
    if (text.size() > kLargestInput) {
      throw core::Error(core::ErrorKind::invalid_data,
                        fmt::format("{} has more than 16 MiB", path));
    }
  }
  return text;
}

}  // namespace

std::string text_of(const std::string& value) {
  if (value == "-") return read_all("-");
  if (value == "@") throw core::Error(core::ErrorKind::usage, "no file is named behind the @");
  return value.starts_with('@') ? read_all(value.substr(1)) : value;
}

std::string text_of_file(const std::string& value) {
  const bool marked = value.starts_with('@') || value == "-";
  return text_of(marked ? value : "@" + value);
}

}  // namespace podreg::cli
