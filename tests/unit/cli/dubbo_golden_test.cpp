// The instances of podreg against those of the real KubernetesServiceDiscovery of Dubbo 3.2.6,
// recorded in tests/golden/dubbo: the same wherever it did not throw, and a warning that says so
// where it did.

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "cli/app.h"
#include "core/json.h"
#include "tests/support/fake_streams.h"

namespace podreg::cli {
namespace {

namespace fs = std::filesystem;

const fs::path kGolden = fs::path(PODREG_SOURCE_DIR) / "tests/golden/dubbo";

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

core::JsonDocument instances_of(const std::string& service,
                                const std::vector<fs::path>& snapshots) {
  std::vector<std::string> arguments = {"instances", service, "-n", "demo", "-o", "json"};
  for (const auto& path : snapshots) {
    arguments.emplace_back("--snapshot");
    arguments.push_back(path);
  }
  tests::FakeStreams fake(false);
  run(arguments, fake.streams, k8s::Environment([](const auto&) { return std::nullopt; }));
  core::JsonDocument document;
  document.Parse(fake.out.text().c_str());
  EXPECT_FALSE(document.HasParseError()) << fake.out.text() << fake.err.text();
  return document;
}

// Each recorded instance is one of podreg's, value for value, in the same order, and there are no
// others.
void expect_same(const core::JsonDocument& ours, const std::string& recorded) {
  core::JsonDocument theirs;
  theirs.Parse(recorded.c_str());
  ASSERT_TRUE(theirs.IsArray()) << recorded;
  const auto& items = ours["items"];
  ASSERT_EQ(items.Size(), theirs.Size());
  for (rapidjson::SizeType i = 0; i < theirs.Size(); ++i) {
    for (const char* field : {"serviceName", "host", "port", "metadata"}) {
      EXPECT_EQ(items[i][field], theirs[i][field]) << field << " of instance " << i;
    }
  }
}

bool says_that_consumers_fail(const core::JsonDocument& ours) {
  for (const auto& warning : ours["warnings"].GetArray()) {
    const std::string message = warning["message"].GetString();
    if (message.find("a Dubbo consumer fails") != std::string::npos) return true;
  }
  return false;
}

std::vector<std::string> edge_cases() {
  std::vector<std::string> names;
  for (const auto& file : fs::directory_iterator(kGolden / "edge-3.2.6")) {
    const std::string name = file.path().filename();
    if (name.ends_with(".out.json")) names.push_back(name.substr(0, name.find('.')));
  }
  return names;
}

class Edge : public ::testing::TestWithParam<std::string> {};

TEST_P(Edge, GivesTheSameInstancesAsDubbo) {
  const fs::path folder = kGolden / "edge-3.2.6";
  std::vector<fs::path> snapshots = {folder / "pods.json"};
  for (const char* part : {".service.json", ".endpoints.json"}) {
    if (const auto path = folder / (GetParam() + part); fs::exists(path)) snapshots.push_back(path);
  }
  const auto ours = instances_of(GetParam(), snapshots);
  const std::string recorded = content(folder / (GetParam() + ".out.json"));
  if (recorded.starts_with("EXCEPTION")) {
    EXPECT_TRUE(says_that_consumers_fail(ours)) << recorded;
  } else {
    expect_same(ours, recorded);
    EXPECT_FALSE(says_that_consumers_fail(ours) && GetParam() != "nonstr");
  }
}

INSTANTIATE_TEST_SUITE_P(Dubbo, Edge, ::testing::ValuesIn(edge_cases()),
                         [](const ::testing::TestParamInfo<std::string>& test) {
                           return test.param;
                         });

TEST(Peer, InstancesOfARealProviderAreTheSame) {
  const fs::path folder = kGolden / "peer-3.2.6";
  expect_same(instances_of("shop-order", {folder / "objects.json"}),
              content(folder / "instances.json"));
}

}  // namespace
}  // namespace podreg::cli
