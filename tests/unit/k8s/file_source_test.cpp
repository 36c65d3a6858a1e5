#include "k8s/file_source.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg {
namespace {

using k8s::FileSource;
using testing::HasSubstr;

std::string all_of(FileSource& source) {
  std::string text;
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) text += piece;
  return text;
}

TEST(FileSource, GivesTheWholeFileInPieces) {
  const tests::TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 100000; ++i) text += std::to_string(i) + "\n";
  FileSource source(folder.write("file", text));
  EXPECT_LT(source.next().size(), text.size());
  FileSource again(folder.path("file"));
  EXPECT_EQ(all_of(again), text);
  EXPECT_TRUE(again.next().empty()) << "the end stays the end";
  EXPECT_TRUE(again.is_repeatable());
}

TEST(FileSource, AnEmptyFileHasNoPiece) {
  const tests::TemporaryFolder folder;
  FileSource source(folder.write("empty", ""));
  EXPECT_TRUE(source.next().empty());
}

TEST(FileSource, AFileThatIsMissingIsNamed) {
  const auto error = tests::caught([] { FileSource source("no/such/file.json"); });
  EXPECT_EQ(error.kind, core::ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "cannot read no/such/file.json: No such file or directory");
}

TEST(FileSource, ADirectoryCannotBeRead) {
  const tests::TemporaryFolder folder;
  FileSource source(folder.path());
  const auto error = tests::caught([&] { source.next(); });
  EXPECT_THAT(error.message, HasSubstr("Is a directory"));
}

TEST(FileSource, APipeCanBeReadOnlyOnce) {
  const tests::TemporaryFolder folder;
  ASSERT_EQ(::mkfifo(folder.path("pipe").c_str(), 0600), 0);
  const std::fstream writer(folder.path("pipe"));  // so that opening for reading does not wait
  EXPECT_FALSE(FileSource(folder.path("pipe")).is_repeatable());
}

TEST(FileSource, StandardInputHasAName) {
  const FileSource source("-");
  EXPECT_EQ(source.name(), "standard input");
  EXPECT_FALSE(source.is_repeatable());
}

}  // namespace
}  // namespace podreg
