// Registrations that are changed in the files of a snapshot.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <iterator>
#include <thread>

#include "tests/unit/k8s/snapshot_fixture.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SnapshotInterest whole(const std::vector<std::string>& pods = {}) {
  SnapshotInterest interest;
  interest.whole_pods = true;
  interest.pods = pods;
  return interest;
}

class SnapshotEditing : public SnapshotClusterTest {
 protected:
  static std::string content(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
};

TEST_F(SnapshotEditing, APodIsReadAsAWholeWhenThatIsOfInterest) {
  const std::string dying =
      R"({"kind": "Pod", "metadata": {"name": "p", "namespace": "a", "resourceVersion": "7",
          "deletionTimestamp": "2026-01-01T00:00:00Z"}, "status": {"phase": "Succeeded"}})";
  auto it = cluster({endpoints("a", "shop", "q"), dying, pod("a", "q")}, whole());
  const auto found = it.pod("a", "p");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->resource_version, "7");
  EXPECT_EQ(found->phase, "Succeeded");
  EXPECT_TRUE(found->terminating);
  EXPECT_EQ(it.pod("a", "q")->labels, (core::Labels{{"app", "shop"}}));
  EXPECT_EQ(it.pod("a", "none"), std::nullopt);
  EXPECT_THAT(pods(it), ElementsAre("Pod a/q {app=shop} {}"));
  EXPECT_EQ(cluster({pod("a", "p"), pod("a", "q")}, whole({"q"})).pod("a", "p"), std::nullopt);
}

TEST_F(SnapshotEditing, WritesIntoTheFileThatHasThePod) {
  const auto first = folder_.write("1.json", pod("b", "p", "x"));
  const auto second = folder_.write("2.json", pod("a", "p", "old") + "\n");
  const auto third = folder_.write("3.json", pod("a", "q"));
  SnapshotCluster it({folder_.path()}, whole({"p"}));
  EXPECT_EQ(it.annotate(*it.pod("a", "p"), "new", {}), "");
  EXPECT_EQ(content(first), pod("b", "p", "x"));
  EXPECT_EQ(content(second), pod("a", "p", "new") + "\n");
  EXPECT_EQ(content(third), pod("a", "q"));
  EXPECT_EQ(it.pod("a", "p")->annotation, "new");
  it.annotate(*it.pod("a", "p"), std::nullopt, {});
  EXPECT_EQ(SnapshotCluster({second}, whole()).pod("a", "p")->annotation, std::nullopt);
}

TEST_F(SnapshotEditing, APodThatIsInTwoFilesIsChangedInNeither) {
  const auto first = folder_.write("1.json", pod("a", "p", "x"));
  const auto second = folder_.write("2.json", pod("a", "p", "x"));
  SnapshotCluster it({folder_.path()}, whole({"p"}));
  const auto error = tests::caught([&] { it.annotate(*it.pod("a", "p"), "new", {}); });
  EXPECT_EQ(error.kind, core::ErrorKind::invalid_data);
  EXPECT_THAT(error.message, testing::AllOf(HasSubstr(first), HasSubstr(second)));
  EXPECT_EQ(content(first), content(second));
  EXPECT_EQ(content(second), pod("a", "p", "x"));
  SnapshotCluster twice({first, first}, whole({"p"}));
  twice.annotate(*twice.pod("a", "p"), "new", {});
  EXPECT_EQ(content(first), pod("a", "p", "new"));
}

TEST_F(SnapshotEditing, YamlMayBeWrittenInBraces) {
  for (const std::string brace : {"{", "\n{\n "}) {
    const auto file = folder_.write(
        "p.yaml", brace + "apiVersion: v1, kind: Pod, metadata: {name: p, namespace: a}}\n");
    SnapshotCluster it({file}, whole());
    it.annotate(*it.pod("a", "p"), "new", {});
    EXPECT_EQ(SnapshotCluster({file}, whole()).pod("a", "p")->annotation, "new");
  }
}

TEST_F(SnapshotEditing, AFileThatHasChangedIsAConflictAndThenAsItIsNow) {
  const auto file = folder_.write("1.json", pod("a", "p", "old"));
  SnapshotCluster it({file}, whole());
  folder_.write("1.json", pod("a", "p", "theirs"));
  const auto conflict = tests::caught([&] { it.annotate(*it.pod("a", "p"), "mine", {}); });
  EXPECT_EQ(conflict.kind, core::ErrorKind::conflict);
  EXPECT_EQ(content(file), pod("a", "p", "theirs"));
  EXPECT_EQ(it.pod("a", "p")->annotation, "theirs");
  it.annotate(*it.pod("a", "p"), "mine", {});
  EXPECT_EQ(content(file), pod("a", "p", "mine"));
}

TEST_F(SnapshotEditing, ADryRunOnTheServerIsWrongUse) {
  auto it = cluster({pod("a", "p")}, whole());
  const auto error = tests::caught([&] {
    it.annotate(*it.pod("a", "p"), "new", {core::DryRun::server, ""});
  });
  EXPECT_EQ(error.kind, core::ErrorKind::usage);
}

TEST_F(SnapshotEditing, APreviewIsTheChangedPodAndChangesNothing) {
  auto it = cluster({pod("a", "p", "old"), pod("a", "q")}, whole());
  EXPECT_EQ(it.preview(*it.pod("a", "p"), "new"), pod("a", "p", "new") + "\n");
  EXPECT_EQ(content(folder_.path("snapshot.json")), list({pod("a", "p", "old"), pod("a", "q")}));
}

TEST_F(SnapshotEditing, APipeCanBePreviewedButNotChanged) {
  const auto pipe = folder_.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << pod("a", "p", "old"); });
  SnapshotCluster it({pipe}, whole());
  writer.join();
  EXPECT_EQ(it.preview(*it.pod("a", "p"), "new"), pod("a", "p", "new") + "\n");
  const auto error = tests::caught([&] { it.annotate(*it.pod("a", "p"), "new", {}); });
  EXPECT_EQ(error.kind, core::ErrorKind::usage);
  EXPECT_EQ(error.message, pipe + " cannot be changed in place");
}

}  // namespace
}  // namespace podreg::k8s
