// The examples that help, manual pages and READMEs show: each is a command line that podreg reads;
// what needs no cluster is run, on the snapshots of examples/, and prints what it printed before;
// where a README shows what is printed, that is what is printed.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "cli/app.h"
#include "cli/command_line.h"
#include "cli/command_table.h"
#include "cli/context.h"
#include "tests/support/example_words.h"
#include "tests/support/fake_streams.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path kRoot = PODREG_SOURCE_DIR;
const fs::path kGolden = kRoot / "tests/golden/examples.txt";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

const k8s::Environment& no_environment() {
  static const k8s::Environment environment([](const std::string&) { return std::nullopt; });
  return environment;
}

// What somebody sees who types it: standard output, then standard error.
std::string shown_by(const std::vector<std::string>& words) {
  tests::FakeStreams fake(false);
  run(words, fake.streams, no_environment());
  return fake.out.text() + fake.err.text();
}

// Of help, manual pages and READMEs, each once.
std::set<std::string> all_examples() {
  std::set<std::string> lines;
  const auto add = [&](const std::string& text) {
    for (auto& line : tests::example_lines(text)) lines.insert(std::move(line));
  };
  for (const Command& command : commands()) add(std::string(command.examples));
  for (const char* file : {"README.md", "README.zh-CN.md", "man/examples.txt"}) {
    if (fs::exists(kRoot / file)) add(content(kRoot / file));
  }
  return lines;
}

TEST(Examples, AreThere) { EXPECT_GT(all_examples().size(), 60U); }

TEST(Examples, AreCommandLinesThatPodregReads) {
  for (const auto& example : all_examples()) {
    SCOPED_TRACE(example);
    tests::FakeStreams fake(false);
    EXPECT_NO_THROW({
      CommandLine line;
      line.parse(tests::words_of(example));
      ASSERT_NE(line.command(), nullptr);
      Context context(line.options(), fake.streams, no_environment());
      output::check_format(context.printer().options().format, line.command()->prints,
                           line.command()->name);
    });
  }
}

// The files that examples name, in a folder of their own.
class ExampleFiles {
 public:
  ExampleFiles() : before_(fs::current_path()) {
    const auto metadata = content(kRoot / "examples/shop-metadata.json");
    const auto snapshot = content(kRoot / "examples/shop.yaml");
    for (const char* name : {"shop.yaml", "shop.json", "shop-order.json", "examples/shop.yaml"}) {
      folder_.write(name, snapshot);
    }
    for (const char* name : {"metadata.json", "examples/shop-metadata.json"}) {
      folder_.write(name, metadata);
    }
    fs::current_path(folder_.path());
  }
  ~ExampleFiles() { fs::current_path(before_); }
  ExampleFiles(const ExampleFiles&) = delete;
  ExampleFiles& operator=(const ExampleFiles&) = delete;

 private:
  tests::TemporaryFolder folder_;
  fs::path before_;
};

bool needs_no_cluster(const std::vector<std::string>& words) {
  const auto snapshot = std::ranges::find(words, "--snapshot");
  if (snapshot != words.end()) return *std::next(snapshot) != "-";
  return std::ranges::find(words, "--explain") != words.end();
}

TEST(Examples, ThatNeedNoClusterPrintWhatTheyPrintedBefore) {
  const ExampleFiles files;
  std::string transcript;
  for (const auto& example : all_examples()) {
    const auto words = tests::words_of(example);
    if (!needs_no_cluster(words)) continue;
    tests::FakeStreams fake(false);
    const int status = run(words, fake.streams, no_environment());
    EXPECT_NE(status, 2) << example << "\n" << fake.err.text();
    // An error may name the pod that was asked, which is one at random.
    transcript += fmt::format("$ {}\n{}{}-- exit status {}\n\n", example, fake.out.text(),
                              status < 2 ? fake.err.text() : "", status);
  }
  EXPECT_THAT(transcript, HasSubstr("$ podreg instances"));
  if (std::getenv("PODREG_UPDATE_GOLDEN") != nullptr) {
    std::ofstream(kGolden, std::ios::binary) << transcript;
  }
  EXPECT_EQ(transcript, content(kGolden)) << "a wanted change? ./dev test --update-golden";
}

class Readme : public testing::TestWithParam<const char*> {};

TEST_P(Readme, ShowsWhatIsPrinted) {
  const auto shown = tests::shown_blocks(content(kRoot / GetParam()));
  EXPECT_GE(shown.size(), 3U);
  const ExampleFiles files;
  for (const auto& block : shown) {
    EXPECT_EQ(block.output, shown_by(tests::words_of(block.command))) << block.command;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, Readme, testing::Values("README.md", "README.zh-CN.md"));

}  // namespace
}  // namespace podreg::cli
