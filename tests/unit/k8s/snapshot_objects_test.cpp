#include "k8s/snapshot_objects.h"

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg {
namespace {

using k8s::SnapshotObjects;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string object(const std::string& kind, const std::string& ns, const std::string& name,
                   const std::string& labels = "{}") {
  const std::string version = kind == "EndpointSlice" ? "discovery.k8s.io/v1" : "v1";
  return R"({"apiVersion": ")" + version + R"(", "kind": ")" + kind +
         R"(", "metadata": {"name": ")" + name + R"(", "namespace": ")" + ns + R"(", "labels": )" +
         labels + "}}";
}
std::string slice(const std::string& ns, const std::string& name, const std::string& service) {
  return object("EndpointSlice", ns, name, R"({"kubernetes.io/service-name": ")" + service + "\"}");
}
std::string list(const std::vector<std::string>& items) {
  std::string text = R"({"apiVersion": "v1", "kind": "List", "items": [)";
  for (std::size_t i = 0; i < items.size(); ++i) text += (i == 0 ? "" : ",\n") + items[i];
  return text + "]}";
}

std::vector<std::string> names(const auto& objects) {
  std::vector<std::string> result;
  for (const auto& one : objects) result.push_back(one.ns + "/" + one.name);
  return result;
}

const std::string kTwoNamespaces = list(
    {object("Service", "b", "shop"), object("Service", "a", "shop"), object("Service", "a", "cart"),
     object("Endpoints", "a", "shop"), slice("a", "shop-x", "shop"), slice("a", "cart-x", "cart"),
     object("Pod", "a", "p2"), object("Pod", "", "p1"), object("Pod", "a", "p1")});

class SnapshotObjectsTest : public testing::Test {
 protected:
  std::string file(const std::string& text) { return folder_.write("snapshot.json", text); }

  tests::TemporaryFolder folder_;
};

TEST_F(SnapshotObjectsTest, EverythingIsSortedByNamespaceAndName) {
  SnapshotObjects reader({file(kTwoNamespaces)});
  const auto objects = reader.read({});
  EXPECT_THAT(names(objects.services), ElementsAre("a/cart", "a/shop", "b/shop"));
  EXPECT_THAT(names(objects.endpoints), ElementsAre("a/shop"));
  EXPECT_THAT(names(objects.slices), ElementsAre("a/cart-x", "a/shop-x"));
  EXPECT_THAT(names(objects.pods), ElementsAre("a/p1", "a/p2", "default/p1"));
  EXPECT_THAT(objects.unread, IsEmpty());
  EXPECT_EQ(objects.resource_version, "");
}

TEST_F(SnapshotObjectsTest, AQueryNarrowsThemAndAnotherOneReadsTheFilesAgain) {
  SnapshotObjects reader({file(kTwoNamespaces)});
  core::ObjectsQuery query;
  query.ns = "a";
  query.services = {"shop"};
  query.with_endpoints = false;
  for (int i = 0; i < 2; ++i) {
    const auto objects = reader.read(query);
    EXPECT_THAT(names(objects.services), ElementsAre("a/shop"));
    EXPECT_THAT(objects.endpoints, IsEmpty());
    EXPECT_THAT(names(objects.slices), ElementsAre("a/shop-x"));
    EXPECT_THAT(names(objects.pods), ElementsAre("a/p1", "a/p2"));
  }
}

TEST_F(SnapshotObjectsTest, APipeGivesTheSameTwice) {
  const auto pipe = folder_.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << kTwoNamespaces; });
  SnapshotObjects reader({pipe});
  writer.join();
  EXPECT_EQ(reader.read({}).pods.size(), 3U);
  EXPECT_EQ(reader.read({}).pods.size(), 3U);
}

TEST_F(SnapshotObjectsTest, WhatIsThereTwiceCountsOnceAsItStandsLast) {
  SnapshotObjects reader({folder_.write("1.json", list({object("Pod", "a", "p", R"({"x": "1"})"),
                                                        object("Pod", "a", "q", R"({"x": "2"})")})),
                          folder_.write("2.json", object("Pod", "a", "p", R"({"x": "2"})"))});
  const auto pods = reader.read({}).pods;
  ASSERT_THAT(names(pods), ElementsAre("a/p", "a/q"));
  EXPECT_EQ(*pods[0].labels, (core::Labels{{"x", "2"}}));
  EXPECT_EQ(pods[0].labels, pods[1].labels) << "equal labels are shared";
}

TEST_F(SnapshotObjectsTest, ItsOnlyNamespaceIsTheDefaultOne) {
  const auto default_of = [&](const std::string& text) {
    return SnapshotObjects({file(text)}).namespaces().default_namespace();
  };
  EXPECT_EQ(default_of(list({object("Pod", "a", "p"), object("Service", "a", "s")})), "a");
  EXPECT_EQ(default_of(kTwoNamespaces), "default");
  EXPECT_EQ(default_of(list({})), "default");
  EXPECT_THAT(SnapshotObjects({file(kTwoNamespaces)}, "b").namespaces().of("shop"),
              ElementsAre("a", "b"));
}

TEST_F(SnapshotObjectsTest, OnlyTheNamespaceThatIsNamedIsKept) {
  SnapshotObjects reader({file(kTwoNamespaces)}, "b");
  const auto objects = reader.read({});
  EXPECT_THAT(names(objects.services), ElementsAre("b/shop"));
  EXPECT_THAT(objects.pods, IsEmpty());
}

TEST_F(SnapshotObjectsTest, OtherObjectsAloneAreNoSnapshot) {
  const auto error = tests::caught([&] { SnapshotObjects({file(object("Node", "", "n"))}); });
  EXPECT_EQ(error.kind, core::ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("has no Service, Endpoints, EndpointSlice or Pod"));
}

}  // namespace
}  // namespace podreg
