#include "k8s/snapshot_files.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "core/error.h"
#include "k8s/file_source.h"
#include "k8s/gzip.h"
#include "k8s/read_errors.h"

namespace podreg::k8s {
namespace {

namespace fs = std::filesystem;

// A pipe that nobody writes to would never be read to its end, and a device may have none. A link
// that leads nowhere is left for the one who opens it, who says so.
bool can_be_read(const fs::directory_entry& entry) {
  std::error_code ignored;
  const auto type = entry.status(ignored).type();
  return type == fs::file_type::regular || type == fs::file_type::not_found ||
         type == fs::file_type::none;
}

bool is_snapshot_file(const fs::directory_entry& entry) {
  auto name = entry.path();
  if (name.extension() == ".gz") name = name.stem();
  const auto extension = name.extension();
  return (extension == ".json" || extension == ".yaml" || extension == ".yml") &&
         can_be_read(entry);
}

std::vector<std::string> files_in(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  fs::directory_iterator entry(directory, error);
  for (; !error && entry != fs::directory_iterator{}; entry.increment(error)) {
    if (is_snapshot_file(*entry)) files.push_back(entry->path().string());
  }
  if (error) {
    throw core::Error(core::ErrorKind::invalid_data,
                      "cannot read " + directory + ": " + error.message());
  }
  if (files.empty()) {
    throw core::Error(core::ErrorKind::invalid_data,
                      directory + ": has no .json, .yaml or .yml file",
                      "folders in it are not looked into");
  }
  std::ranges::sort(files);
  return files;
}

core::Error nothing_of_ours(const std::vector<std::string>& files) {
  auto where = shown_name(files.front());
  if (files.size() > 1) where += " and " + std::to_string(files.size() - 1) + " more";
  return {core::ErrorKind::invalid_data,
          where + ": has no Service, Endpoints, EndpointSlice or Pod, only other objects",
          "make one with: kubectl get endpoints,services,pods,endpointslices -o json"};
}

// Passes on what was looked at already, then the rest.
class Replayed : public ByteSource {
 public:
  Replayed(std::string beginning, ByteSource& rest)
      : beginning_(std::move(beginning)), rest_(rest) {}

  std::string_view next() override {
    if (replayed_ || beginning_.empty()) return rest_.next();
    replayed_ = true;
    return beginning_;
  }

 private:
  std::string beginning_;
  ByteSource& rest_;
  bool replayed_ = false;
};

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kBlank = " \t\r\n";

// Position of the first byte that is neither blank nor part of a byte order mark.
std::size_t first_byte(std::string_view text) {
  const std::size_t mark = text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  return text.find_first_not_of(kBlank, mark);
}

// Whether there is enough of a file for is_gzip() and is_json(); a pipe may give it in small
// pieces.
bool tells_format(std::string_view text) {
  const bool marked = text.starts_with('\x1f') || text.starts_with(kByteOrderMark.front());
  if (marked && text.size() < kByteOrderMark.size()) return false;
  const auto first = first_byte(text);
  if (first == std::string_view::npos) return false;
  return text[first] != '{' || text.find_first_not_of(kBlank, first + 1) != std::string_view::npos;
}

std::string beginning_of(ByteSource& source) {
  static constexpr std::size_t kMaxBlank = 1U << 20U;
  std::string beginning;
  while (!tells_format(beginning) && beginning.size() < kMaxBlank) {
    const auto piece = source.next();
    if (piece.empty()) break;
    beginning += piece;
  }
  return beginning;
}

ReadSummary read_text(std::string beginning, ByteSource& rest, const std::string& name,
                      const ObjectSink& sink) {
  const bool json = is_json(beginning);
  Replayed all(std::move(beginning), rest);
  return json ? read_json(all, name, "", sink) : read_yaml(all, name, sink);
}

}  // namespace

std::vector<std::string> snapshot_files(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const auto& path : paths) {
    std::error_code ignored;
    if (path != FileSource::kStandardInput && fs::is_directory(path, ignored)) {
      std::ranges::move(files_in(path), std::back_inserter(files));
    } else {
      files.push_back(path);
    }
  }
  if (std::ranges::count(files, FileSource::kStandardInput) > 1) {
    throw core::Error(core::ErrorKind::usage, "standard input (-) can be a snapshot only once");
  }
  return files;
}

bool is_json(std::string_view beginning) {
  const auto first = first_byte(beginning);
  if (first == std::string_view::npos) return false;
  if (beginning[first] == '[') return true;
  if (beginning[first] != '{') return false;
  const auto next = beginning.find_first_not_of(kBlank, first + 1);
  return next == std::string_view::npos || beginning[next] == '"' || beginning[next] == '}';
}

void collect_metadata(ObjectSink& sink, std::vector<core::MetadataInfo>& to,
                      const std::string& name) {
  sink.metadata_list = [&to, name](std::string&& json) {
    try {
      std::ranges::move(core::parse_metadata_file(json), std::back_inserter(to));
    } catch (const core::Error& error) {
      throw core::Error(error.kind(), name + ": MetadataList: " + error.what(), error.hint());
    }
  };
}

void read_all(const std::vector<std::string>& files,
              const std::function<ReadSummary(const std::string&)>& read) {
  std::size_t objects = 0;
  std::size_t known = 0;
  for (const auto& file : files) {
    const auto summary = read(file);
    objects += summary.objects;
    known += summary.known;
  }
  if (objects > 0 && known == 0) throw nothing_of_ours(files);
}

std::string shown_name(const std::string& file) {
  return file == FileSource::kStandardInput ? "standard input" : file;
}

ReadSummary read_objects(ByteSource& source, const std::string& name, const ObjectSink& sink) {
  auto beginning = beginning_of(source);
  if (!is_gzip(beginning)) return read_text(std::move(beginning), source, name, sink);
  Replayed all(std::move(beginning), source);
  GzipSource text(all, name);
  auto unpacked = beginning_of(text);
  // There are files that are themselves when unpacked.
  if (is_gzip(unpacked)) {
    throw unreadable(name, "is compressed twice", "", "gunzip makes a file of it that can be read");
  }
  return read_text(std::move(unpacked), text, name, sink);
}

}  // namespace podreg::k8s
