#include "cli/list_shape.h"

#include <gmock/gmock.h>

#include <sstream>

#include "cli/app.h"
#include "core/error.h"
#include "tests/support/fake_streams.h"

namespace podreg::cli {
namespace {

void check_sort_by(const std::string& command, const std::string& path) {
  check_list_shape(command, {.sort_by = output::relaxed_jsonpath(path)}, {});
}

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

TEST(ListShape, AreThoseThatTheCommandsPrint) {
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
    EXPECT_NO_THROW(check_list_shape(line.front(), {.columns = titles}, {.all_namespaces = true}))
        << line.front();
  }
}

TEST(ListShape, ATitleThatThereIsNotIsRefusedBeforeAnythingIsAsked) {
  tests::FakeStreams fake(false);
  const k8s::Environment nowhere([](const std::string&) { return std::nullopt; });
  EXPECT_EQ(
      run({"services", "-s", "http://127.0.0.1:1", "--columns", "NAM"}, fake.streams, nowhere), 2);
  EXPECT_NE(fake.err.text().find("did you mean NAME?"), std::string::npos) << fake.err.text();
}

TEST(ListShape, OfConfigAreThoseOfBothItsLists) {
  EXPECT_NO_THROW(check_list_shape("config", {.columns = {"setting", "verb"}}, {}));
  EXPECT_NO_THROW(check_sort_by("config", "error"));
  EXPECT_THROW(check_list_shape("config", {.columns = {"verbs"}}, {}), core::Error);
}

TEST(ListShape, AWatchRefusesATitleBeforeItAsksAndSortsNothing) {
  EXPECT_THROW(check_list_shape("watch", {.columns = {"adress"}}, {}), core::Error);
  EXPECT_NO_THROW(check_list_shape("watch", {.columns = {"address"}}, {}));
  EXPECT_NO_THROW(check_list_shape("watch", {.sort_by = output::relaxed_jsonpath(".prot")}, {}))
      << "the command itself refuses all of them";
  EXPECT_THAT(titles_of_list("watch", {}), testing::Contains("ADDRESS"));
  EXPECT_THAT(fields_of_list("watch", {}), testing::IsEmpty());
}

TEST(ListShape, AFieldThatThereIsNotIsRefusedBeforeAnythingIsAsked) {
  tests::FakeStreams fake(false);
  const k8s::Environment nowhere([](const std::string&) { return std::nullopt; });
  EXPECT_EQ(run({"instances", "shop", "-s", "http://127.0.0.1:1", "--sort-by", ".prot"},
                fake.streams, nowhere),
            2);
  EXPECT_NE(fake.err.text().find("did you mean .port?"), std::string::npos) << fake.err.text();
}

TEST(ListShape, EveryListHasItsFields) {
  for (const auto& [command, field] :
       std::vector<std::pair<std::string, std::string>>{{"config", "setting"},
                                                        {"config", "verb"},
                                                        {"doctor", "code"},
                                                        {"instances", "metadata.timestamp"},
                                                        {"invoke", "latencyMs"},
                                                        {"mapping", "interface"},
                                                        {"metadata", "revision"},
                                                        {"probe", "status"},
                                                        {"register", "action"},
                                                        {"services", "{.ports[0].port}"},
                                                        {"urls", "params.interface"},
                                                        {"wait", "context"}}) {
    EXPECT_NO_THROW(check_sort_by(command, field)) << command;
    EXPECT_THROW(check_sort_by(command, "nonsense"), core::Error) << command;
  }
}

TEST(ListShape, APathThatBeginsWithNoNameIsLetThrough) {
  EXPECT_NO_THROW(check_sort_by("instances", "{..port}"));
  EXPECT_NO_THROW(check_sort_by("instances", "{['port']}"));
}

TEST(ListShape, ThereIsAContextOnlyWithSeveral) {
  EXPECT_NO_THROW(
      check_list_shape("services", {.columns = {"context", "name"}}, {.several_contexts = true}));
  EXPECT_THROW(check_list_shape("services", {.columns = {"context"}}, {}), core::Error);
  EXPECT_THROW(check_list_shape("services", {.columns = {"namespace"}}, {}), core::Error);
}

}  // namespace
}  // namespace podreg::cli
