#include "rpc/metadata_cache.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/metadata_record.h"
#include "rpc/descriptor.h"

namespace podreg::rpc {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSuffix = ".record";
constexpr std::string_view kUnfinished = ".tmp";
constexpr std::size_t kRevisionSize = 32;  // an MD5 in hexadecimal
constexpr std::size_t kLargestEntry = std::size_t{16} << 20;
constexpr std::uintmax_t kBlock = 4096;
// An entry's time says when it was used last, to the day: so that reading seldom writes.
constexpr std::time_t kDay = 24 * 60 * 60;
constexpr auto kAbandoned = std::chrono::hours(1);

bool is_md5(std::string_view text) {
  return text.size() == kRevisionSize && std::ranges::all_of(text, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

std::string name_of(const std::string& revision) { return revision + std::string(kSuffix); }

// The content of a regular file; nothing when there is none, or it is larger than an entry may be.
// Its time of use is renewed when it is older than a day.
std::optional<std::string> read_file(int folder, const std::string& name) {
  const Descriptor file(
      ::openat(folder, name.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  struct stat status {};
  if (file.get() < 0 || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) return {};
  if (status.st_size > static_cast<off_t>(kLargestEntry)) return {};
  std::string text(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t read = 0;
  while (read < text.size()) {
    const auto got = ::read(file.get(), text.data() + read, text.size() - read);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    read += static_cast<std::size_t>(got);
  }
  if (::time(nullptr) - status.st_mtime > kDay) ::futimens(file.get(), nullptr);
  return text;
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const auto wrote = ::write(descriptor, text.data(), text.size());
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(wrote));
  }
  return true;
}

struct Entry {
  fs::path path;
  fs::file_time_type used;
  std::uintmax_t size = 0;  // in whole blocks
};

// The entries of the folder, those that were used last first. Unfinished ones that nobody can be
// working on any more are removed.
std::vector<Entry> entries_of(const std::string& folder) {
  std::vector<Entry> entries;
  std::error_code error;
  const auto now = fs::file_time_type::clock::now();
  for (fs::directory_iterator it(folder, error); !error && it != fs::directory_iterator();
       it.increment(error)) {
    std::error_code gone;  // another process may remove it meanwhile
    const auto used = it->last_write_time(gone);
    const auto size = gone ? 0 : it->file_size(gone);
    if (gone) continue;
    const auto& path = it->path();
    if (path.extension() == kUnfinished && now - used > kAbandoned) fs::remove(path, gone);
    if (path.extension() != kSuffix || !is_md5(path.stem().native())) continue;
    entries.push_back({path, used, (size + kBlock - 1) / kBlock * kBlock});
  }
  std::ranges::sort(entries, std::greater(), &Entry::used);
  return entries;
}

}  // namespace

// With all entries in one folder, its path is walked once.
int MetadataCache::folder_for_reading() {
  const std::lock_guard lock(mutex_);
  if (opened_.get() < 0) {
    opened_ = Descriptor(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  }
  return opened_.get();
}

void MetadataCache::complain(const std::string& what) {
  const std::string reason = std::error_code(errno, std::generic_category()).message();
  const std::lock_guard lock(mutex_);
  if (trouble_.empty()) trouble_ = fmt::format("{}: {}", what, reason);
}

std::string MetadataCache::trouble() const {
  const std::lock_guard lock(mutex_);
  return trouble_;
}

std::optional<core::MetadataInfo> MetadataCache::find(const std::string& revision) {
  if (!is_md5(revision)) return std::nullopt;
  const auto text = read_file(folder_for_reading(), name_of(revision));
  if (!text) return std::nullopt;
  auto record = core::read_record(*text, core::RecordParts::without_parameters);
  if (record && record->revision == revision) return std::move(record->info);
  ::unlinkat(folder_for_reading(), name_of(revision).c_str(), 0);
  return std::nullopt;
}

std::vector<core::MetadataInfo> MetadataCache::latest(std::size_t most) const {
  std::vector<core::MetadataInfo> infos;
  for (const auto& entry : entries_of(folder_)) {
    if (infos.size() == most) break;
    const auto text = read_file(AT_FDCWD, entry.path.native());
    if (!text) continue;
    auto record = core::read_record(*text, core::RecordParts::everything);
    if (record && record->revision == entry.path.stem()) infos.push_back(std::move(record->info));
  }
  return infos;
}

void MetadataCache::keep(const std::string& revision, const core::MetadataInfo& info) {
  if (!is_md5(revision) || info.compute_revision() != revision) return;
  const auto text = core::write_record(info);
  if (!text || text->size() > kLargestEntry || !make_folder()) return;
  if (!write(folder_ + "/" + name_of(revision), *text)) return;
  const std::lock_guard lock(mutex_);
  kept_ = true;
}

bool MetadataCache::make_folder() {
  {
    const std::lock_guard lock(mutex_);
    if (folder_made_) return true;
  }
  for (std::size_t end = folder_.find('/', 1);; end = folder_.find('/', end + 1)) {
    const auto part = folder_.substr(0, end);
    if (::mkdir(part.c_str(), 0700) != 0 && errno != EEXIST) {
      complain(part);
      return false;
    }
    if (end == std::string::npos) break;
  }
  const std::lock_guard lock(mutex_);
  folder_made_ = true;
  return true;
}

bool MetadataCache::write(const std::string& path, const std::string& text) {
  std::string unfinished = fmt::format("{}/XXXXXX{}", folder_, kUnfinished);
  const Descriptor file(
      ::mkostemps(unfinished.data(), static_cast<int>(kUnfinished.size()), O_CLOEXEC));
  if (file.get() < 0) {
    complain(folder_);
    return false;
  }
  if (write_all(file.get(), text) && ::rename(unfinished.c_str(), path.c_str()) == 0) return true;
  complain(path);
  ::unlink(unfinished.c_str());
  return false;
}

void MetadataCache::trim() {
  {
    const std::lock_guard lock(mutex_);
    if (!kept_) return;
  }
  const auto entries = entries_of(folder_);
  std::uintmax_t size = 0;
  for (const auto& entry : entries) size += entry.size;
  if (size <= largest_) return;
  for (auto entry = entries.rbegin(); entry != entries.rend() && size > largest_ / 4 * 3; ++entry) {
    std::error_code gone;
    fs::remove(entry->path, gone);
    size -= entry->size;
  }
}

}  // namespace podreg::rpc
