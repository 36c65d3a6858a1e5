// What is told of readings: when they begin, how much has come, when they end.
#include "k8s/reading.h"

#include <gmock/gmock.h>

#include <memory>

#include "k8s/access_review.h"
#include "k8s/api_objects.h"
#include "k8s/file_source.h"
#include "k8s/media_types.h"
#include "k8s/snapshot_cluster.h"
#include "k8s/snapshot_objects.h"
#include "tests/support/protobuf_writer.h"
#include "tests/unit/k8s/fake_api.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// "+reading pods", what was told last, "-reading pods".
class Told {
 public:
  ReadObserver observer() {
    return [this](const std::string& what) -> ReadFollower {
      lines.push_back("+" + what);
      // Told when the last copy of the follower goes.
      const std::shared_ptr<void> end(nullptr,
                                      [this, what](void*) { lines.push_back("-" + what); });
      return [this, end](const ReadCounts& now) { counts = now; };
    };
  }

  std::vector<std::string> lines;
  ReadCounts counts;
};

std::string list(const std::string& kind, const std::string& items, const std::string& token = "") {
  return R"({"kind":")" + kind + R"(List","apiVersion":"v1","metadata":{"continue":")" + token +
         R"("},"items":[)" + items + "]}";
}

std::string item(const std::string& name) {
  return R"({"metadata":{"name":")" + name + R"(","namespace":"demo"}})";
}

TEST(Reading, OfAFileTellsItsBytesOfAll) {
  const tests::TemporaryFolder folder;
  const auto path = folder.write("file", std::string(200'000, 'x'));
  Told told;
  {
    FileSource source(path, told.observer());
    const auto first = source.next().size();
    EXPECT_EQ(told.counts, (ReadCounts{0, first, 200'000}));
    while (!source.next().empty()) continue;
    EXPECT_EQ(told.counts, (ReadCounts{0, 200'000, 200'000}));
    EXPECT_THAT(told.lines, ElementsAre("+reading " + path));
  }
  EXPECT_THAT(told.lines, ElementsAre("+reading " + path, "-reading " + path));
}

TEST(Reading, OfASnapshotIsToldForEachFile) {
  const tests::TemporaryFolder folder;
  const auto a = folder.write("a.json", list("Service", item("shop")));
  const auto b = folder.write("b.json", list("Endpoints", item("shop")));
  const auto each = ElementsAre("+reading " + a, "-reading " + a, "+reading " + b, "-reading " + b);
  Told cluster;
  SnapshotInterest interest;
  interest.on_read = cluster.observer();
  const SnapshotCluster read({a, b}, interest);
  EXPECT_THAT(cluster.lines, each);
  Told objects;
  const SnapshotObjects whole({a, b}, {}, objects.observer());
  EXPECT_THAT(objects.lines, each);
}

TEST(Reading, OfListsIsToldForTheOneThatIsWaitedFor) {
  const FakeApi api({{"/api/v1/services", {kJson, list("Service", item("a") + "," + item("b"))}},
                     {"/api/v1/endpoints", {kJson, list("Endpoints", "")}}});
  Told told;
  ApiOptions options;
  options.on_read = told.observer();
  ApiCluster cluster(api.connection(), options);
  cluster.services({});
  EXPECT_THAT(told.lines, ElementsAre("+reading services", "-reading services",
                                      "+reading endpoints", "-reading endpoints"));
}

TEST(Reading, OfPagesIsOneAndCountsThemAll) {
  const auto first = tests::pod_list({{"demo", "a", {}, {}}, {"demo", "b", {}, {}}}, "2");
  const auto second = tests::pod_list({{"demo", "c", {}, {}}});
  const FakeApi api({{"/api/v1/pods", {kProtobufType, first}},
                     {"/api/v1/pods?continue=2", {kProtobufType, second}}});
  Told told;
  ApiOptions options;
  options.on_read = told.observer();
  ApiCluster cluster(api.connection(), options);
  cluster.pods({}, [](const core::PodView&) {});
  EXPECT_THAT(told.lines, ElementsAre("+reading pods", "-reading pods"));
  EXPECT_EQ(told.counts, (ReadCounts{3, first.size() + second.size(), 0}));
}

TEST(Reading, OfAListThatBeginsAnewCountsItsObjectsAnew) {
  const std::string expired = R"({"kind":"Status","apiVersion":"v1","code":410})";
  const FakeApi api({{"/api/v1/pods", {kJson, list("Pod", item("a") + "," + item("b"), "2")}},
                     {"/api/v1/pods?continue=2", {kJson, expired, "410 Gone"}}});
  Told told;
  ApiOptions options;
  options.on_read = told.observer();
  core::ObjectsQuery query;
  query.with_services = query.with_endpoints = query.with_slices = false;
  // The list in one piece has the same address, and another page again.
  EXPECT_ANY_THROW(ApiObjects(api.connection(), options).read(query));
  EXPECT_EQ(told.counts.objects, 2U);
  EXPECT_THAT(told.lines, ElementsAre("+reading pods", "-reading pods"));
}

TEST(Reading, OfOneObjectAndOfAChangeNameIt) {
  Told told;
  ApiOptions options;
  options.on_read = told.observer();
  const FakeApi api({});
  ApiCluster cluster(api.connection(), options);
  cluster.pod("demo", "shop-1");
  core::Pod pod;
  pod.ns = "demo";
  pod.name = "shop-1";
  EXPECT_ANY_THROW(cluster.annotate(pod, "{}", {}));
  EXPECT_THAT(told.lines, ElementsAre("+reading pod \"shop-1\"", "-reading pod \"shop-1\"",
                                      "+changing pod \"shop-1\"", "-changing pod \"shop-1\""));
}

TEST(Reading, EndsWithAnError) {
  const FakeApi api({{"/api/v1/services", {kJson, "no JSON"}}});
  Told told;
  ApiOptions options;
  options.on_read = told.observer();
  EXPECT_ANY_THROW(ApiCluster(api.connection(), options).services({}));
  EXPECT_THAT(told.lines, ElementsAre("+reading services", "-reading services"));
}

TEST(Reading, OfPermissionsSaysSo) {
  const FakeApi api({});
  Told told;
  ApiOptions options;
  options.on_read = told.observer();
  AccessReview review(api.connection(), options);
  EXPECT_ANY_THROW(review.review({{"list", "pods", ""}}, "demo"));
  EXPECT_THAT(told.lines, ElementsAre("+checking permissions", "-checking permissions"));
}

}  // namespace
}  // namespace podreg::k8s
