#include "k8s/file_replace.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

#include "core/error.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::k8s {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class FileReplacementTest : public testing::Test {
 protected:
  std::vector<std::string> names() const {
    std::vector<std::string> result;
    for (const auto& entry : fs::directory_iterator(folder_.path())) {
      result.push_back(entry.path().filename());
    }
    return result;
  }
  static std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static struct stat status(const std::string& file) {
    struct stat result {};
    ::lstat(file.c_str(), &result);
    return result;
  }

  tests::TemporaryFolder folder_;
};

TEST_F(FileReplacementTest, TheNewFileHasTheContentAndThePermissionsOfTheOldOne) {
  const auto file = folder_.write("a.json", "old");
  ::chmod(file.c_str(), 0640);
  const auto before = status(file);
  FileReplacement replacement(file);
  EXPECT_EQ(replacement.read(), "old");
  replacement.write({"ne", "w"});
  EXPECT_EQ(content(file), "new");
  EXPECT_EQ(status(file).st_mode, before.st_mode);
  EXPECT_NE(status(file).st_ino, before.st_ino);
  EXPECT_THAT(names(), testing::ElementsAre("a.json"));
}

TEST_F(FileReplacementTest, AFileWhoseOwnerCannotBeKeptStaysAsItWas) {
  if (::geteuid() != 0) GTEST_SKIP() << "only the superuser can become somebody else";
  const auto file = folder_.write("a.json", "old");
  ASSERT_EQ(::chmod(file.c_str(), 0444), 0);
  ASSERT_EQ(::chmod(folder_.path().c_str(), 0777), 0);
  ASSERT_EQ(::seteuid(12345), 0);
  const auto error = tests::caught([&] { FileReplacement(file).write({"new"}); });
  ASSERT_EQ(::seteuid(0), 0);
  EXPECT_EQ(error.kind, core::ErrorKind::output);
  EXPECT_THAT(error.message, HasSubstr(file + ": its owner and group would be other ones"));
  EXPECT_EQ(content(file), "old");
  EXPECT_EQ(status(file).st_uid, 0U);
  EXPECT_THAT(names(), testing::ElementsAre("a.json"));
}

TEST_F(FileReplacementTest, OwnerAndGroupStay) {
  if (::geteuid() != 0) GTEST_SKIP() << "only the superuser may give files away";
  const auto file = folder_.write("a.json", "old");
  ASSERT_EQ(::chown(file.c_str(), 12345, 54321), 0);
  ASSERT_EQ(::chmod(file.c_str(), 04755), 0);
  FileReplacement(file).write({"new"});
  EXPECT_EQ(status(file).st_uid, 12345U);
  EXPECT_EQ(status(file).st_gid, 54321U);
  EXPECT_EQ(status(file).st_mode & 07777U, 04755U);
}

TEST_F(FileReplacementTest, ASymbolicLinkStaysAndItsTargetIsReplaced) {
  const auto file = folder_.write("real/a.json", "old");
  fs::create_symlink("real/a.json", folder_.path("one"));
  fs::create_symlink("one", folder_.path("two"));
  FileReplacement(folder_.path("two")).write({"new"});
  EXPECT_EQ(content(file), "new");
  EXPECT_TRUE(fs::is_symlink(folder_.path("one")));
  EXPECT_TRUE(fs::is_symlink(folder_.path("two")));
}

TEST_F(FileReplacementTest, WhatIsNoFileIsRefused) {
  const auto none = tests::caught([&] { FileReplacement it(folder_.path("none")); });
  EXPECT_EQ(none.kind, core::ErrorKind::invalid_data);
  EXPECT_EQ(none.message, "cannot read " + folder_.path("none") + ": No such file or directory");
  const auto folder = tests::caught([&] { FileReplacement it(folder_.path()); });
  EXPECT_EQ(folder.kind, core::ErrorKind::usage);
  const auto pipe = folder_.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  EXPECT_EQ(tests::caught([&] { FileReplacement it(pipe); }).kind, core::ErrorKind::usage);
}

TEST_F(FileReplacementTest, AFileThatCannotBeWrittenStaysAsItWas) {
  const auto file = folder_.write("a.json", "old");
  FileReplacement replacement(file);
  rlimit usual{};
  ::getrlimit(RLIMIT_FSIZE, &usual);
  const rlimit small{1000, usual.rlim_max};
  std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string large(100'000, 'x');
  const auto error = tests::caught([&] { replacement.write({large}); });
  ::setrlimit(RLIMIT_FSIZE, &usual);
  EXPECT_EQ(error.kind, core::ErrorKind::output);
  EXPECT_EQ(error.message, "cannot write " + file + ": File too large");
  EXPECT_EQ(content(file), "old");
  EXPECT_THAT(names(), testing::ElementsAre("a.json"));
}

TEST_F(FileReplacementTest, ManyAtOnceWriteOneAfterTheOther) {
  const auto file = folder_.write("count", "0");
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 20; ++k) {
        FileReplacement replacement(file);
        const auto next = std::to_string(std::stoi(replacement.read()) + 1);
        replacement.write({next});
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(content(file), "160");
}

}  // namespace
}  // namespace podreg::k8s
