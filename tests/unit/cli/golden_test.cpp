// What each command prints, on a terminal and piped: tests/golden/cli. `./dev test --update-golden`
// writes it anew.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/app.h"
#include "tests/support/fake_streams.h"

namespace podreg::cli {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = fs::path(PODREG_SOURCE_DIR) / "tests/golden/cli";

struct Case {
  std::string name;
  std::vector<std::string> arguments;
};

void replace_all(std::string& word, std::string_view what, std::string_view with) {
  for (std::size_t at = word.find(what); at != std::string::npos; at = word.find(what, at)) {
    word.replace(at, what.size(), with);
  }
}

// "\\e" stands for the escape character, so that the file of cases has none; "\\s" for a space, ''
// for an empty word.
std::string with_escapes(std::string word) {
  if (word == "''") return {};
  replace_all(word, "\\e", "\x1b");
  replace_all(word, "\\s", " ");
  return word;
}

std::vector<Case> read_cases() {
  std::ifstream file(kFolder / "cases.txt");
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.front() == '#') continue;
    std::istringstream words(line);
    Case next;
    words >> next.name;
    for (std::string word; words >> word;) next.arguments.push_back(with_escapes(std::move(word)));
    cases.push_back(std::move(next));
  }
  return cases;
}

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// One text with everything that a user gets; escapes are made visible, so that the files stay text.
std::string transcript(const Case& wanted, bool terminal) {
  tests::FakeStreams fake(terminal);
  const k8s::Environment environment([](const std::string& name) -> std::optional<std::string> {
    if (name == "TERM") return "xterm-256color";
    return std::nullopt;
  });
  const int status = run(wanted.arguments, fake.streams, environment);
  std::string text = "$ podreg";
  for (const auto& argument : wanted.arguments) text += " " + (argument.empty() ? "''" : argument);
  text += "\n-- standard output\n" + fake.out.text() + "-- standard error\n" + fake.err.text() +
          "-- exit status " + std::to_string(status) + "\n";
  std::string visible;
  for (const char c : text) {
    if (c == '\x1b') {
      visible += "<ESC>";
    } else {
      visible += c;
    }
  }
  return visible;
}

class Golden : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override { fs::current_path(PODREG_SOURCE_DIR); }

  static void check(const Case& wanted, bool terminal) {
    const fs::path path = kFolder / (wanted.name + (terminal ? ".terminal.txt" : ".piped.txt"));
    const std::string actual = transcript(wanted, terminal);
    if (std::getenv("PODREG_UPDATE_GOLDEN") != nullptr) {
      std::ofstream(path, std::ios::binary) << actual;
      return;
    }
    EXPECT_EQ(actual, content(path))
        << "a wanted change? ./dev test --update-golden, then git diff";
  }
};

TEST_P(Golden, PrintsOnATerminalWhatItPrintedBefore) { check(GetParam(), true); }
TEST_P(Golden, PrintsPipedWhatItPrintedBefore) { check(GetParam(), false); }

std::string test_name(const ::testing::TestParamInfo<Case>& test) {
  std::string name = test.param.name;
  std::ranges::replace(name, '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Cases, Golden, ::testing::ValuesIn(read_cases()), test_name);

TEST(GoldenFiles, BelongToACaseEach) {
  std::vector<std::string> names;
  for (const Case& next : read_cases()) names.push_back(next.name);
  for (const auto& file : fs::directory_iterator(kFolder)) {
    const std::string name = file.path().stem().stem();
    if (name == "cases") continue;
    EXPECT_NE(std::ranges::find(names, name), names.end()) << file.path() << " has no case";
  }
}

}  // namespace
}  // namespace podreg::cli
