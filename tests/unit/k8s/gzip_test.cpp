#include "k8s/gzip.h"

#include <gmock/gmock.h>

#include "k8s/snapshot_files.h"
#include "k8s/snapshot_objects.h"
#include "tests/support/fake_streams.h"
#include "tests/support/gzip.h"
#include "tests/support/piecewise_source.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg {
namespace {

std::string large_text() {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += std::to_string(i) + "\n";
  return text;
}

std::string read_all(std::string_view bytes, std::size_t piece) {
  const std::string name = "file";
  tests::PiecewiseSource source(bytes, piece);
  k8s::GzipSource gzip(source, name);
  std::string text;
  for (auto next = gzip.next(); !next.empty(); next = gzip.next()) text += next;
  return text;
}

std::string compressed(const std::string& text) {
  tests::TextKeeper sink;
  k8s::GzipSink gzip(sink);
  gzip.write(std::string_view(text).substr(0, text.size() / 3));
  gzip.write(std::string_view(text).substr(text.size() / 3));
  gzip.flush();
  return sink.text();
}

TEST(Gzip, WhatIsCompressedIsReadInPiecesOfAnySize) {
  const auto text = large_text();
  const auto bytes = compressed(text);
  EXPECT_LT(bytes.size(), text.size() / 2);
  EXPECT_TRUE(k8s::is_gzip(bytes));
  for (const std::size_t piece : {1U, 1000U, 1U << 20U}) EXPECT_EQ(read_all(bytes, piece), text);
  EXPECT_EQ(compressed(text), bytes);
}

TEST(Gzip, ReadsWhatOthersCompressedAndSeveralFilesInOne) {
  EXPECT_EQ(read_all(tests::gzip("a") + tests::gzip("") + tests::gzip("b"), 7), "ab");
  EXPECT_EQ(read_all(compressed(""), 7), "");
}

TEST(Gzip, DamagedOrCutShortTextIsAnError) {
  auto bytes = compressed(large_text());
  for (const std::size_t size :
       {std::size_t{2}, std::size_t{15}, bytes.size() / 2, bytes.size() - 1}) {
    const auto error = tests::caught([&] { read_all(bytes.substr(0, size), 1000); });
    EXPECT_EQ(error.kind, core::ErrorKind::invalid_data);
    EXPECT_EQ(error.message, "file: ends in the middle of its compressed text");
  }
  bytes[bytes.size() / 2] ^= '\x55';
  EXPECT_EQ(tests::caught([&] { read_all(bytes, 1000); }).message, "file: is not valid gzip");
}

TEST(Gzip, ASnapshotMayBeCompressedWhateverItsName) {
  const tests::TemporaryFolder folder;
  const std::string text = R"({"kind": "Pod", "metadata": {"name": "a"}})";
  k8s::SnapshotObjects reader({
      folder.write("pods", tests::gzip(text)),
      folder.write("folder/x.yaml.gz", tests::gzip("kind: Pod\nmetadata: {name: b}\n")),
  });
  EXPECT_EQ(reader.read({}).pods.size(), 2U);
  EXPECT_EQ(k8s::SnapshotObjects({folder.path("folder")}).read({}).pods.size(), 1U);
  EXPECT_EQ(k8s::decompressed(tests::gzip(text), "x"), text);
  EXPECT_EQ(k8s::decompressed(text, "x"), text);
}

TEST(Gzip, ASnapshotIsUnpackedOnceOnly) {
  const tests::TemporaryFolder folder;
  std::string text = R"({"kind": "Pod", "metadata": {"name": "a"}})";
  for (int layer = 0; layer < 3; ++layer) text = tests::gzip(text);
  const auto path = folder.write("pods.json.gz", text);
  const auto error = tests::caught([&] { k8s::SnapshotObjects({path}).read({}); });
  EXPECT_EQ(error.kind, core::ErrorKind::invalid_data);
  EXPECT_EQ(error.message, path + ": is compressed twice");
}

// As a pipe may give it.
TEST(Gzip, WhatASnapshotIsDoesNotDependOnTheSizeOfItsPieces) {
  const std::string text = R"({"kind": "Pod", "metadata": {"name": "a"}})";
  for (const auto& bytes : {tests::gzip(text), "\xef\xbb\xbf" + text, text}) {
    for (const std::size_t piece : {1U, 2U, 3U, 1000U}) {
      tests::PiecewiseSource source(bytes, piece);
      EXPECT_EQ(k8s::read_objects(source, "file", {}).objects, 1U) << piece;
    }
  }
}

}  // namespace
}  // namespace podreg
