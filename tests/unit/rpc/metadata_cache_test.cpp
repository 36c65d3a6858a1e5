#include "rpc/metadata_cache.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/metadata_record.h"
#include "tests/support/golden_dubbo.h"
#include "tests/support/metadata_info_check.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::rpc {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using tests::TemporaryFolder;

// What the real Dubbo exports, with groups, versions and parameters.
core::MetadataInfo shop() {
  return core::MetadataInfo::parse(tests::golden_dubbo("metadata-3.2.6/both-3svc.json"));
}

// As many others as wanted.
core::MetadataInfo numbered(int number) {
  auto info = shop();
  info.app += std::to_string(number);
  info.revision = info.compute_revision();
  return info;
}

std::string record_of(const core::MetadataInfo& info) { return *core::write_record(info); }

std::size_t files_in(const std::string& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

void set_time(const std::string& path, std::chrono::hours ago) {
  fs::last_write_time(path, fs::file_time_type::clock::now() - ago);
}

TEST(MetadataCache, WhatIsKeptIsFoundByWhoeverLooksNext) {
  const TemporaryFolder folder;
  const auto info = shop();
  MetadataCache(folder.path("a/b")).keep(info.revision, info);
  const auto found = MetadataCache(folder.path("a/b")).find(info.revision);
  ASSERT_TRUE(found);
  tests::expect_same(*found, tests::without_parameters(info));
}

TEST(MetadataCache, TheLatestAreThereWithTheirParameters) {
  const TemporaryFolder folder;
  MetadataCache cache(folder.path());
  for (int i = 0; i < 3; ++i) {
    cache.keep(numbered(i).revision, numbered(i));
    set_time(folder.path(numbered(i).revision + ".record"), std::chrono::hours(10 - i));
  }
  const auto latest = cache.latest(2);
  ASSERT_EQ(latest.size(), 2U);
  tests::expect_same(latest[0], numbered(2));
  tests::expect_same(latest[1], numbered(1));
}

TEST(MetadataCache, NobodyElseMayReadIt) {
  const TemporaryFolder folder;
  const auto info = shop();
  MetadataCache(folder.path("a/b")).keep(info.revision, info);
  struct stat status {};
  for (const std::string name : {"a", "a/b"}) {
    ASSERT_EQ(::stat(folder.path(name).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0700U) << name;
  }
}

TEST(MetadataCache, KnowsNothingBeforeSomethingIsKept) {
  const TemporaryFolder folder;
  MetadataCache cache(folder.path("none"));
  EXPECT_FALSE(cache.find(shop().revision));
  cache.trim();
  EXPECT_FALSE(fs::exists(folder.path("none")));
  EXPECT_THAT(cache.trouble(), IsEmpty());
}

TEST(MetadataCache, WhatIsNotItsRevisionIsNotKept) {
  const TemporaryFolder folder;
  MetadataCache cache(folder.path());
  cache.keep(std::string(32, 'a'), shop());
  cache.keep("0", shop());
  cache.keep("../" + shop().revision, shop());
  EXPECT_EQ(files_in(folder.path()), 0U);
}

TEST(MetadataCache, OnlyAnMd5NamesAFile) {
  const TemporaryFolder folder;
  const auto info = shop();
  folder.write("entries/x.record", record_of(info));
  folder.write(info.revision + ".record", record_of(info));
  MetadataCache cache(folder.path("entries"));
  EXPECT_FALSE(cache.find("x"));
  EXPECT_FALSE(cache.find("../" + info.revision));
  EXPECT_FALSE(cache.find(""));
}

class BadEntry : public testing::TestWithParam<std::string> {};

// Whatever stands there, the next who asks writes it anew.
TEST_P(BadEntry, IsDropped) {
  const TemporaryFolder folder;
  const auto info = shop();
  const auto path = folder.write(info.revision + ".record", GetParam());
  MetadataCache cache(folder.path());
  EXPECT_FALSE(cache.find(info.revision));
  EXPECT_FALSE(fs::exists(path));
  cache.keep(info.revision, info);
  EXPECT_TRUE(cache.find(info.revision));
}

std::string with(std::string text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
  return text;
}

INSTANTIATE_TEST_SUITE_P(MetadataCache, BadEntry,
                         testing::Values("", "{", "[]", std::string(100'000, '['),
                                         record_of(shop()).substr(0, record_of(shop()).size() / 2),
                                         with(record_of(shop()), "20880", "20881"),
                                         with(record_of(shop()), "OrderService", "OrderServicf"),
                                         record_of(numbered(1)), shop().to_json()));

TEST(MetadataCache, AnEntryThatIsNoFileOrTooLargeIsAsGoodAsNone) {
  const TemporaryFolder folder;
  const auto name = shop().revision + ".record";
  MetadataCache cache(folder.path());
  fs::create_directory(folder.path(name));
  EXPECT_FALSE(cache.find(shop().revision));
  fs::remove(folder.path(name));
  ASSERT_EQ(::mkfifo(folder.path(name).c_str(), 0600), 0);
  EXPECT_FALSE(cache.find(shop().revision));
  fs::remove(folder.path(name));
  fs::create_symlink(folder.write("elsewhere", record_of(shop())), folder.path(name));
  EXPECT_FALSE(cache.find(shop().revision));
  fs::remove(folder.path(name));
  folder.write(name, "");
  fs::resize_file(folder.path(name), std::uintmax_t{17} << 20);
  EXPECT_FALSE(cache.find(shop().revision));
}

TEST(MetadataCache, WhatCannotBeKeptIsToldAndHarmsNobody) {
  const TemporaryFolder folder;
  folder.write("file", "");
  MetadataCache cache(folder.path("file/cache"));
  cache.keep(shop().revision, shop());
  cache.trim();
  EXPECT_FALSE(cache.find(shop().revision));
  EXPECT_THAT(cache.trouble(), HasSubstr("file/cache: Not a directory"));
}

TEST(MetadataCache, OfOneThatIsTooLargeThoseGoThatWereUsedLongestAgo) {
  const TemporaryFolder folder;
  constexpr std::uintmax_t kTen = std::uintmax_t{10} * 4096;  // an entry takes a block
  MetadataCache cache(folder.path(), kTen);
  for (int i = 0; i < 10; ++i) {
    cache.keep(numbered(i).revision, numbered(i));
    set_time(folder.path(numbered(i).revision + ".record"), std::chrono::hours(100 - i));
  }
  cache.trim();
  EXPECT_EQ(files_in(folder.path()), 10U) << "as large as it may be";
  EXPECT_TRUE(cache.find(numbered(0).revision)) << "which makes it the one that was used last";
  cache.keep(numbered(10).revision, numbered(10));
  cache.trim();
  EXPECT_EQ(files_in(folder.path()), 7U);
  EXPECT_TRUE(cache.find(numbered(0).revision));
  EXPECT_TRUE(cache.find(numbered(10).revision));
  EXPECT_FALSE(cache.find(numbered(1).revision));
}

TEST(MetadataCache, WhatInterruptedProcessesLeftBehindGoes) {
  const TemporaryFolder folder;
  set_time(folder.write("old.tmp", "{"), std::chrono::hours(2));
  folder.write("new.tmp", "{");
  const auto other = folder.write("README", "somebody else's");
  set_time(other, std::chrono::hours(2));
  MetadataCache cache(folder.path());
  cache.keep(shop().revision, shop());
  cache.trim();
  EXPECT_FALSE(fs::exists(folder.path("old.tmp")));
  EXPECT_TRUE(fs::exists(folder.path("new.tmp"))) << "somebody may be writing it";
  EXPECT_TRUE(fs::exists(other));
}

// What one of several processes does that fill, read and trim the same folder; true when every
// entry that it found was whole.
bool fill(const std::string& folder) {
  constexpr int kEntries = 30;
  for (int round = 0; round < 3; ++round) {
    MetadataCache cache(folder, std::uintmax_t{20} * 4096);
    for (int i = 0; i < kEntries; ++i) {
      const auto info = numbered(i);
      cache.keep(info.revision, info);
      const auto found = cache.find(info.revision);
      if (found && found->services.size() != info.services.size()) return false;
    }
    cache.trim();
    if (!cache.trouble().empty()) return false;
  }
  return true;
}

TEST(MetadataCache, ManyProcessesMayFillItAtOnce) {
  const TemporaryFolder folder;
  std::vector<pid_t> processes;
  for (int i = 0; i < 8; ++i) {
    const pid_t process = ::fork();
    ASSERT_GE(process, 0);
    if (process == 0) ::_exit(fill(folder.path("cache")) ? 0 : 1);
    processes.push_back(process);
  }
  for (const pid_t process : processes) {
    int status = 0;
    ASSERT_EQ(::waitpid(process, &status, 0), process);
    EXPECT_EQ(status, 0);
  }
  for (const auto& entry : fs::directory_iterator(folder.path("cache"))) {
    EXPECT_EQ(entry.path().extension(), ".record") << "nothing unfinished is left";
    EXPECT_TRUE(MetadataCache(folder.path("cache")).find(entry.path().stem()));
  }
}

}  // namespace
}  // namespace podreg::rpc
