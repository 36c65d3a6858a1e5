#include "cli/list_columns.h"

#include <gtest/gtest.h>

#include <sstream>

#include "cli/app.h"
#include "core/error.h"
#include "tests/support/fake_streams.h"

namespace podreg::cli {
namespace {

// What the command prints of the example, with all columns.
std::vector<std::string> titles_of(std::vector<std::string> arguments) {
  const std::string folder = std::string(PODREG_SOURCE_DIR) + "/examples/";
  arguments.insert(arguments.end(), {"--snapshot", folder + "shop.yaml", "-o", "wide"});
  tests::FakeStreams fake(false);
  run(arguments, fake.streams, k8s::Environment([](const std::string&) { return std::nullopt; }));
  std::istringstream line(fake.out.text().substr(0, fake.out.text().find('\n')));
  std::vector<std::string> titles;
  for (std::string title; line >> title;) titles.push_back(title);
  return titles;
}

TEST(ListColumns, AreThoseThatTheCommandsPrint) {
  const std::string metadata =
      "@" + std::string(PODREG_SOURCE_DIR) + "/examples/shop-metadata.json";
  const std::vector<std::vector<std::string>> lines = {
      {"instances", "shop-order", "shop-stock", "-A"},
      {"services", "-A"},
      {"mapping", "-A", "--metadata-file", metadata},
      {"metadata", "shop-order", "shop-stock", "-A", "--metadata-file", metadata},
      {"urls", "shop-order", "-A", "--metadata-file", metadata},
      {"unregister", "shop-stock-0", "--dry-run", "client"},
      {"doctor", "--list"}};
  for (const auto& line : lines) {
    const auto titles = titles_of(line);
    EXPECT_GE(titles.size(), 3U) << line.front();
    EXPECT_NO_THROW(check_columns(line.front(), titles, {.all_namespaces = true})) << line.front();
  }
}

TEST(ListColumns, ATitleThatThereIsNotIsRefusedBeforeAnythingIsAsked) {
  tests::FakeStreams fake(false);
  const k8s::Environment nowhere([](const std::string&) { return std::nullopt; });
  EXPECT_EQ(
      run({"services", "-s", "http://127.0.0.1:1", "--columns", "NAM"}, fake.streams, nowhere), 2);
  EXPECT_NE(fake.err.text().find("did you mean NAME?"), std::string::npos) << fake.err.text();
}

TEST(ListColumns, ThereIsAContextOnlyWithSeveral) {
  EXPECT_NO_THROW(check_columns("services", {"context", "name"}, {.several_contexts = true}));
  EXPECT_THROW(check_columns("services", {"context"}, {}), core::Error);
  EXPECT_THROW(check_columns("services", {"namespace"}, {}), core::Error);
}

}  // namespace
}  // namespace podreg::cli
