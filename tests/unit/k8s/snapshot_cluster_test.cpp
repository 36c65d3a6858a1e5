#include "k8s/snapshot_cluster.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "tests/unit/k8s/snapshot_fixture.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST_F(SnapshotClusterTest, JoinsServicesWithTheirEndpointsSortedByNamespaceAndName) {
  auto it = cluster({service("b", "shop"), service("a", "zoo"), service("a", "shop"),
                     endpoints("b", "shop", "p"), endpoints("a", "hand-made", "p")});
  EXPECT_THAT(states(it), ElementsAre("a/hand-made Endpoints a/hand-made [ 10.0.0.1(p) ]",
                                      "a/shop {app=shop}", "a/zoo {app=shop}",
                                      "b/shop {app=shop} Endpoints b/shop [ 10.0.0.1(p) ]"));
  EXPECT_THAT(states(it, {"a", "zoo"}), ElementsAre("a/zoo {app=shop}"));
  EXPECT_THAT(states(it, {"c", std::nullopt}), IsEmpty());
}

TEST_F(SnapshotClusterTest, SlicesStandForEndpointsWhenAskedFor) {
  auto it =
      cluster({service("a", "shop"), endpoints("a", "shop", "p"),
               slice("a", "shop-2", "shop", "r", "10.0.0.2"), slice("a", "shop-1", "shop", "q")});
  EXPECT_THAT(states(it, {"a", "shop", core::EndpointSource::endpointslices}),
              ElementsAre("a/shop {app=shop} Endpoints a/shop [ 10.0.0.1(q) ] [ 10.0.0.2(r) ]"));
}

TEST_F(SnapshotClusterTest, KeepsThePodsThatAddressesName) {
  auto it = cluster({endpoints("a", "shop", "p"), service("a", "shop"), pod("a", "p", "x"),
                     pod("a", "other"), pod("b", "p")});
  EXPECT_THAT(pods(it), ElementsAre("Pod a/p {app=shop} x"));
}

TEST_F(SnapshotClusterTest, PodsMayStandBeforeWhatNamesThem) {
  auto it = cluster(
      {pod("a", "p", "x"), pod("a", "other"), service("a", "shop"), endpoints("a", "shop", "p")});
  EXPECT_THAT(pods(it), ElementsAre("Pod a/p {app=shop} x"));
}

TEST_F(SnapshotClusterTest, APodThatALaterAddressNamesIsFoundAgain) {
  auto it = cluster({endpoints("a", "zoo", "z"), pod("a", "p", "old"), pod("a", "p", "new"),
                     pod("a", "q"), pod("a", "other"), slice("a", "shop-1", "shop", "p"),
                     endpoints("a", "cart", "q")});
  EXPECT_THAT(pods(it), ElementsAre("Pod a/p {app=shop} new", "Pod a/q {app=shop} {}"));
}

TEST_F(SnapshotClusterTest, PodsBehindTruncatedEndpointsAreNamedBySlices) {
  auto it = cluster(
      {endpoints("a", "shop", "p", R"({"endpoints.kubernetes.io/over-capacity": "truncated"})"),
       service("a", "shop"), pod("a", "p"), pod("a", "q"), pod("a", "other"),
       slice("a", "shop-1", "shop", "q")});
  EXPECT_THAT(pods(it), ElementsAre("Pod a/p {app=shop} {}", "Pod a/q {app=shop} {}"));
}

// They tell whether a Service without addresses is Dubbo's.
TEST_F(SnapshotClusterTest, OfAServiceWithoutAddressesTheRegisteredPodsAreKept) {
  const std::vector<std::string> objects = {
      endpoints("a", "zoo", "z"),     pod("a", "registered", "x"),
      pod("a", "not-registered", ""), pod("a", "of-nobody", "x", "nobody"),
      pod("b", "registered", "x"),    service("a", "shop")};
  for (auto ordered : {objects, std::vector(objects.rbegin(), objects.rend())}) {
    auto it = cluster(ordered);
    EXPECT_THAT(pods(it), ElementsAre("Pod a/registered {app=shop} x"));
  }
  SnapshotInterest interest;
  interest.services = {"shop"};
  auto named = cluster(objects, interest);
  EXPECT_THAT(pods(named), IsEmpty());
}

TEST_F(SnapshotClusterTest, AServiceThatOnlyEndpointsHaveAddressesOfIsWithoutThemInSlices) {
  auto it = cluster({slice("a", "zoo-1", "zoo", "z"), endpoints("a", "shop", "p"),
                     pod("a", "p", "x"), pod("a", "registered", "y"), service("a", "shop")});
  EXPECT_THAT(pods(it), ElementsAre("Pod a/p {app=shop} x", "Pod a/registered {app=shop} y"));
}

TEST_F(SnapshotClusterTest, AllPodsAreKeptOnRequest) {
  SnapshotInterest interest;
  interest.all_pods = true;
  auto it = cluster({endpoints("a", "shop", "p"), pod("a", "p"), pod("a", "other")}, interest);
  EXPECT_EQ(pods(it).size(), 2U);
}

TEST_F(SnapshotClusterTest, PodsAreFoundBySelectorAndNamespace) {
  auto it = cluster({endpoints("a", "shop", "p"), endpoints("a", "cart", "q"),
                     endpoints("b", "shop", "p"), pod("a", "p"), pod("a", "q", "{}", "cart"),
                     pod("b", "p")});
  EXPECT_THAT(pods(it, {"a", {{"app", "shop"}}}), ElementsAre("Pod a/p {app=shop} {}"));
  EXPECT_THAT(pods(it, {std::nullopt, {{"app", "shop"}}}),
              ElementsAre("Pod a/p {app=shop} {}", "Pod b/p {app=shop} {}"));
  EXPECT_EQ(pods(it, {"a", {}}).size(), 2U);
  EXPECT_THAT(pods(it, {"none", {}}), IsEmpty());
}

TEST_F(SnapshotClusterTest, LabelsAreOnlyGivenWhenAskedFor) {
  auto it = cluster({endpoints("a", "shop", "p"), pod("a", "p")});
  it.pods({}, [](const core::PodView& view) { EXPECT_EQ(view.labels, nullptr); });
}

TEST_F(SnapshotClusterTest, LaterObjectOfTheSameNameWins) {
  auto it = cluster({service("a", "shop", "old"), endpoints("a", "shop", "old"),
                     slice("a", "s", "shop", "old"), pod("a", "new", "old"),
                     service("a", "shop", "new"), endpoints("a", "shop", "new"),
                     slice("a", "s", "shop", "new"), pod("a", "new", "new")});
  EXPECT_THAT(states(it), ElementsAre("a/shop {app=new} Endpoints a/shop [ 10.0.0.1(new) ]"));
  EXPECT_THAT(states(it, {std::nullopt, std::nullopt, core::EndpointSource::endpointslices}),
              ElementsAre("a/shop {app=new} Endpoints a/shop [ 10.0.0.1(new) ]"));
  EXPECT_THAT(pods(it), ElementsAre("Pod a/new {app=shop} new"));
}

TEST_F(SnapshotClusterTest, OnlyWhatIsOfInterestIsKept) {
  SnapshotInterest interest{.ns = "a", .services = {"shop"}, .all_pods = false};
  auto it = cluster({service("a", "shop"), service("a", "cart"), service("b", "shop"),
                     endpoints("a", "shop", "p"), endpoints("a", "cart", "q"),
                     endpoints("c", "shop", "p"), pod("a", "p"), pod("a", "q"), pod("b", "p")},
                    interest);
  EXPECT_THAT(states(it), ElementsAre("a/shop {app=shop} Endpoints a/shop [ 10.0.0.1(p) ]"));
  EXPECT_THAT(pods(it), ElementsAre("Pod a/p {app=shop} {}"));
}

TEST_F(SnapshotClusterTest, KnowsTheNamespacesOfAServiceThatIsNotInTheOneAskedFor) {
  SnapshotInterest interest{.ns = "x", .services = {"shop"}, .all_pods = false};
  auto it = cluster({service("b", "shop"), service("a", "shop"), service("c", "cart")}, interest);
  EXPECT_THAT(it.namespaces().of("shop"), ElementsAre("a", "b"));
  EXPECT_THAT(it.namespaces().of("zoo"), IsEmpty());
}

TEST_F(SnapshotClusterTest, TheDefaultNamespaceIsTheOnlyOneOrDefault) {
  EXPECT_EQ(cluster({service("a", "shop"), pod("a", "p")}).namespaces().default_namespace(), "a");
  EXPECT_EQ(cluster({service("a", "shop"), pod("b", "p")}).namespaces().default_namespace(),
            "default");
  EXPECT_EQ(cluster({}).namespaces().default_namespace(), "default");
}

TEST_F(SnapshotClusterTest, AnObjectWithoutANamespaceIsInDefault) {
  auto it = cluster({R"({"kind": "Service", "metadata": {"name": "shop"}})",
                     endpoints("", "shop", "p"), pod("", "p")});
  EXPECT_THAT(states(it), ElementsAre("default/shop {} Endpoints default/shop [ 10.0.0.1(p) ]"));
  EXPECT_THAT(pods(it), ElementsAre("Pod default/p {app=shop} {}"));
}

TEST_F(SnapshotClusterTest, ReadsFilesAndDirectoriesOfJsonAndYaml) {
  folder_.write("dir/1.json", " \n" + service("a", "one"));
  folder_.write("dir/2.yaml", "kind: Service\nmetadata: {name: two, namespace: a}\n");
  folder_.write("dir/3.yml", service("a", "three"));
  folder_.write("dir/README.md", "not a snapshot");
  folder_.write("dir/deeper/4.json", "not looked at");
  const auto single = folder_.write("single", "\xef\xbb\xbf" + service("a", "four"));
  SnapshotCluster it({folder_.path("dir"), single});
  EXPECT_THAT(states(it), ElementsAre("a/four {app=shop}", "a/one {app=shop}", "a/three {app=shop}",
                                      "a/two {}"));
}

TEST_F(SnapshotClusterTest, FilesOfADirectoryAreReadInTheOrderOfTheirNames) {
  folder_.write("dir/b.json", service("a", "shop", "second"));
  folder_.write("dir/a.json", service("a", "shop", "first"));
  SnapshotCluster it({folder_.path("dir")});
  EXPECT_THAT(states(it), ElementsAre("a/shop {app=second}"));
}

TEST_F(SnapshotClusterTest, AnEmptyListIsAnEmptyCluster) {
  auto it = cluster({});
  EXPECT_THAT(states(it), IsEmpty());
  EXPECT_THAT(pods(it), IsEmpty());
}

TEST_F(SnapshotClusterTest, ErrorsNameTheFile) {
  const auto missing = error({folder_.path("missing.json")});
  EXPECT_EQ(missing.kind, core::ErrorKind::invalid_data);
  EXPECT_THAT(missing.message, HasSubstr("missing.json: No such file or directory"));
  EXPECT_THAT(error({folder_.write("empty.json", "\n\n")}).message,
              HasSubstr("empty.json: is empty"));
  EXPECT_THAT(error({folder_.write("cut.json", R"({"kind": "List", "items": [)")}).message,
              HasSubstr("cut.json: ends in the middle of List"));
}

TEST_F(SnapshotClusterTest, OfADirectoryOnlyFilesAndLinksToThemAreRead) {
  folder_.write("dir/a.json", service("a", "shop"));
  const auto elsewhere = folder_.write("elsewhere", service("a", "linked"));
  std::filesystem::create_symlink(elsewhere, folder_.path("dir/link.json"));
  std::filesystem::create_symlink("/dev/zero", folder_.path("dir/zero.json"));
  ASSERT_EQ(::mkfifo(folder_.path("dir/pipe.json").c_str(), 0600), 0);
  ASSERT_EQ(::mkfifo(folder_.path("dir/pipe.yaml.gz").c_str(), 0600), 0);
  SnapshotCluster it({folder_.path("dir")});
  EXPECT_THAT(states(it), ElementsAre("a/linked {app=shop}", "a/shop {app=shop}"));
}

TEST_F(SnapshotClusterTest, ALinkThatLeadsNowhereIsNamed) {
  folder_.write("dir/a.json", service("a", "shop"));
  std::filesystem::create_symlink(folder_.path("gone"), folder_.path("dir/link.json"));
  EXPECT_THAT(error({folder_.path("dir")}).message, HasSubstr("link.json: No such file"));
}

TEST_F(SnapshotClusterTest, ADirectoryOfPipesHasNoSnapshot) {
  folder_.write("dir/notes.txt", "");
  ASSERT_EQ(::mkfifo(folder_.path("dir/pipe.json").c_str(), 0600), 0);
  EXPECT_THAT(error({folder_.path("dir")}).message,
              HasSubstr("dir: has no .json, .yaml or .yml file"));
}

TEST_F(SnapshotClusterTest, ADirectoryWithoutSnapshotsIsAnError) {
  folder_.write("dir/notes.txt", "");
  EXPECT_THAT(error({folder_.path("dir")}).message,
              HasSubstr("dir: has no .json, .yaml or .yml file"));
}

TEST_F(SnapshotClusterTest, ASnapshotOfOtherKindsOnlyIsAnErrorThatSaysHowToMakeOne) {
  const auto deployment =
      folder_.write("d.json", R"({"apiVersion": "apps/v1", "kind": "Deployment"})");
  const auto found = error({deployment});
  EXPECT_THAT(found.message, HasSubstr("d.json: has no Service, Endpoints, EndpointSlice or Pod"));
  EXPECT_THAT(found.hint, HasSubstr("kubectl get endpoints,services,pods,endpointslices -o json"));
  EXPECT_THAT(error({deployment, deployment}).message, HasSubstr("d.json and 1 more"));
}

TEST_F(SnapshotClusterTest, StandardInputCanBeReadOnlyOnce) {
  const auto twice = error({"-", "-"});
  EXPECT_EQ(twice.kind, core::ErrorKind::usage);
}

}  // namespace
}  // namespace podreg::k8s
