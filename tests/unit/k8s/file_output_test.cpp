#include "k8s/file_output.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "k8s/file_replace.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg {
namespace {

namespace fs = std::filesystem;

std::size_t files_in(const tests::TemporaryFolder& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator{}));
}

TEST(FileOutput, ANewFileIsThereWhenItIsComplete) {
  const tests::TemporaryFolder folder;
  const auto path = folder.path("new");
  k8s::FileOutput file(path);
  file.write("a");
  EXPECT_FALSE(fs::exists(path));
  file.write("b");
  file.commit();
  EXPECT_EQ(k8s::read_whole_file(path), "ab");
}

TEST(FileOutput, WithoutCommitNothingChangesAndNothingIsLeft) {
  const tests::TemporaryFolder folder;
  const auto path = folder.write("old", "old");
  {
    k8s::FileOutput file(path);
    file.write("new");
  }
  EXPECT_EQ(k8s::read_whole_file(path), "old");
  EXPECT_EQ(files_in(folder), 1U);
}

TEST(FileOutput, AFileThatIsReplacedKeepsItsPermissionsAndItsLinks) {
  const tests::TemporaryFolder folder;
  const auto path = folder.write("old", "old");
  const auto link = folder.path("link");
  fs::create_symlink("old", link);
  ASSERT_EQ(::chmod(path.c_str(), 0640), 0);
  k8s::FileOutput file(link);
  file.write("new");
  file.commit();
  EXPECT_TRUE(fs::is_symlink(link));
  EXPECT_EQ(k8s::read_whole_file(path), "new");
  EXPECT_EQ(fs::status(path).permissions(), static_cast<fs::perms>(0640));
}

TEST(FileOutput, ANewFileHasThePermissionsThatTheMaskAllows) {
  const tests::TemporaryFolder folder;
  const mode_t before = ::umask(027);
  k8s::FileOutput file(folder.path("new"));
  file.commit();
  ::umask(before);
  EXPECT_EQ(fs::status(folder.path("new")).permissions(), static_cast<fs::perms>(0640));
}

TEST(FileOutput, ADeviceIsWrittenTo) {
  k8s::FileOutput file("/dev/null");
  file.write("a");
  file.commit();
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

TEST(FileOutput, AFolderThatDoesNotExistIsAnErrorThatNamesThePath) {
  const tests::TemporaryFolder folder;
  const auto path = folder.path("nowhere/file");
  const auto error = tests::caught([&] { k8s::FileOutput file(path); });
  EXPECT_EQ(error.kind, core::ErrorKind::output);
  EXPECT_EQ(error.message, "cannot write " + path + ": No such file or directory");
}

TEST(FileOutput, AFullDeviceIsAnError) {
  k8s::FileOutput file("/dev/full");
  const auto error = tests::caught([&] { file.write("a"); });
  EXPECT_EQ(error.message, "cannot write /dev/full: No space left on device");
}

}  // namespace
}  // namespace podreg
