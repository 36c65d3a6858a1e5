// Servers whose lists do not end.
#include <gmock/gmock.h>

#include <atomic>
#include <string>

#include "core/error.h"
#include "k8s/api_cluster.h"
#include "k8s/api_objects.h"
#include "tests/support/raw_server.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/fake_api.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using tests::Peer;

std::string pods_page(int number, bool has_pod, bool is_last = false) {
  const std::string pod = R"({"metadata":{"namespace":"demo","name":"p)" + std::to_string(number) +
                          R"(","annotations":{"io.dubbo/metadata":")" + std::string(2000, 'x') +
                          "\"}}}";
  return R"({"kind":"PodList","apiVersion":"v1","metadata":{"resourceVersion":"1","continue":")" +
         (is_last ? "" : std::to_string(number)) + R"("},"items":[)" + (has_pod ? pod : "") + "]}";
}

// A server of pages, each of which names another that follows: of the first `empty` of each
// `period` none has a pod. After `last` pages it ends; 0: never.
class PagesServer {
 public:
  PagesServer(int empty, int period, int last)
      : empty_(empty), period_(period), last_(last), server_([this](Peer& peer) { serve(peer); }) {}

  Connection connection() const {
    Connection connection;
    connection.server = server_.url();
    return connection;
  }
  std::string address() const { return server_.url().substr(7); }
  int served() const { return served_; }

 private:
  void serve(Peer& peer) {
    while (!peer.read_request().empty()) {
      const int number = ++served_;
      const bool has_pod = (number - 1) % period_ >= empty_;
      peer.answer("200 OK", kJson, pods_page(number, has_pod, number == last_));
    }
  }

  int empty_;
  int period_;
  int last_;
  std::atomic<int> served_{0};
  tests::RawServer server_;
};

int count_pods(const PagesServer& server, std::uint64_t largest) {
  tests::FakeClock clock;
  ApiOptions options = quick(clock);
  options.largest_list = largest;
  ApiCluster cluster(server.connection(), options);
  int pods = 0;
  cluster.pods({}, [&](const core::PodView&) { ++pods; });
  return pods;
}

TEST(ListBounds, PagesWithoutEndAreTakenUpToTheLimitOfOneAnswer) {
  const PagesServer server(0, 1, 0);
  const auto error = tests::caught([&] { count_pods(server, 1 << 20); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "all pages of the answer of " + server.address() +
                               " with pods in all namespaces are larger than 1 MiB, the most that "
                               "is taken");
  EXPECT_NEAR(server.served(), (1 << 20) / 2100.0, 25);
}

TEST(ListBounds, PagesThatEndInTimeAreRead) {
  EXPECT_EQ(count_pods(PagesServer(0, 1, 100), 1 << 20), 100);
}

TEST(ListBounds, EmptyPagesWithoutEndAreAnError) {
  const PagesServer server(1, 1, 0);
  const auto error = tests::caught([&] { count_pods(server, kLargestList); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message,
            "the answer of " + server.address() +
                " with pods in all namespaces goes on after 10 pages in a row without an object");
  EXPECT_EQ(server.served(), 10);
}

TEST(ListBounds, AFewEmptyPagesInARowAreInOrder) {
  EXPECT_EQ(count_pods(PagesServer(9, 10, 50), kLargestList), 5);
  EXPECT_EQ(count_pods(PagesServer(1, 1, 10), kLargestList), 0);  // the last of which is the end
}

TEST(ListBounds, TheObjectsOfASnapshotAreBoundedToo) {
  const PagesServer server(0, 1, 0);
  tests::FakeClock clock;
  ApiOptions options = quick(clock);
  options.largest_list = 1 << 20;
  ApiObjects objects(server.connection(), options);
  core::ObjectsQuery query;  // of pods only
  query.with_services = query.with_endpoints = query.with_slices = false;
  const auto error = tests::caught([&] { objects.read(query); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("are larger than 1 MiB"));
}

TEST(ListBounds, APageThatIsReadAgainAndAListThatBeginsAnewCountOnce) {
  ListBounds bounds("it", 100);
  for (int times = 0; times < 3; ++times) {
    bounds.begin_list();
    bounds.begin_page();
    bounds.take(60);
    bounds.end_page(1, false);
    for (int again = 0; again < 3; ++again) {
      bounds.begin_page();
      bounds.take(40);
    }
  }
  EXPECT_EQ(tests::caught([&] { bounds.take(1); }).kind, ErrorKind::invalid_data);
}

}  // namespace
}  // namespace podreg::k8s
