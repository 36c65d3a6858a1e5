#include "k8s/registry_watch.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>

#include "core/registry_picture.h"
#include "tests/unit/k8s/watch_server.h"

namespace podreg::k8s {
namespace {

using std::chrono::milliseconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// An API server whose lists and watches a test sets while they are followed. It cannot stream
// lists.
class WatchedApi {
 public:
  WatchedApi() : server_([this](tests::Peer& peer) { serve(peer); }) {}
  ~WatchedApi() {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }

  const tests::RawServer& server() const { return server_; }

  // What is listed at the path and query, and told to whoever watches it.
  void list(const std::string& target, const std::string& body) {
    const std::lock_guard lock(mutex_);
    lists_[target] = body;
  }
  void tell(const std::string& target, const std::string& event) {
    const std::lock_guard lock(mutex_);
    events_[target].push_back(event);
    changed_.notify_all();
  }
  // Ends all watches that there are, without a word.
  void break_off() {
    const std::lock_guard lock(mutex_);
    ++generation_;
    changed_.notify_all();
  }
  int watches_asked() const {
    const std::lock_guard lock(mutex_);
    return watches_asked_;
  }
  std::vector<std::string> lists_asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  void serve(tests::Peer& peer) {
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      const auto target = request.substr(4, request.find(" HTTP/") - 4);
      const auto watch = target.find("&watch=true");
      if (target.find("sendInitialEvents") != std::string::npos) {
        peer.answer("422 Unprocessable Entity", "text/plain", "");
      } else if (watch != std::string::npos) {
        return tell_all(peer, target.substr(0, watch));
      } else {
        peer.answer("200 OK", "application/json", list_of(target));
      }
    }
  }

  std::string list_of(const std::string& target) {
    const std::lock_guard lock(mutex_);
    asked_.push_back(target);
    return lists_[target];
  }

  void tell_all(tests::Peer& peer, const std::string& target) {
    peer.write(kWatchHead);
    std::unique_lock lock(mutex_);
    ++watches_asked_;
    const int generation = generation_;
    for (std::size_t told = 0;; ++told) {
      const auto is_over = [&] { return stopping_ || generation_ != generation; };
      changed_.wait(lock, [&] { return is_over() || events_[target].size() > told; });
      if (is_over()) return;
      const std::string event = events_[target][told];
      lock.unlock();
      if (!peer.write(chunk(event))) return;
      lock.lock();
    }
  }

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  int generation_ = 0;  // of the watches
  int watches_asked_ = 0;
  std::map<std::string, std::string> lists_;
  std::map<std::string, std::vector<std::string>> events_;
  std::vector<std::string> asked_;
  tests::RawServer server_;
};

const std::string kServiceList =
    "/api/v1/namespaces/demo/services?fieldSelector=metadata.name%3Dshop";
const std::string kSliceList =
    "/apis/discovery.k8s.io/v1/namespaces/demo/endpointslices"
    "?labelSelector=kubernetes.io%2Fservice-name%3Dshop";
const std::string kEndpointsList =
    "/api/v1/namespaces/demo/endpoints?fieldSelector=metadata.name%3Dshop";
std::string pods_of(const std::string& app) {
  return "/api/v1/namespaces/demo/pods?labelSelector=app%3D" + app;
}

std::string service_json(const std::string& app, const std::string& version) {
  return R"({"kind":"Service","apiVersion":"v1","metadata":{"name":"shop","namespace":"demo",)"
         R"("resourceVersion":")" +
         version + R"("},"spec":{"selector":{"app":")" + app + "\"}}}";
}

std::string endpoints_json(const std::vector<std::string>& pods, const std::string& version) {
  std::string addresses;
  for (const auto& pod : pods) {
    addresses += (addresses.empty() ? "" : ",") + std::string(R"({"ip":"10.0.0.)") + pod.back() +
                 R"(","targetRef":{"kind":"Pod","name":")" + pod + "\"}}";
  }
  return R"({"kind":"Endpoints","apiVersion":"v1","metadata":{"name":"shop","namespace":"demo",)"
         R"("resourceVersion":")" +
         version + R"("},"subsets":[{"addresses":[)" + addresses +
         R"(],"ports":[{"port":20880}]}]})";
}

std::string slice_json(const std::string& name, const std::string& pod,
                       const std::string& version) {
  return R"({"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"name":")" +
         name + R"(","namespace":"demo","resourceVersion":")" + version +
         R"(","labels":{"kubernetes.io/service-name":"shop"}},"addressType":"IPv4",)"
         R"("endpoints":[{"addresses":["10.0.0.)" +
         pod.back() + R"("],"conditions":{"ready":true},"targetRef":{"kind":"Pod","name":")" + pod +
         R"("}}],"ports":[{"port":20880}]})";
}

std::string list_json(const std::string& kind, const std::string& item) {
  const std::string version = kind == "EndpointSlice" ? "discovery.k8s.io/v1" : "v1";
  return R"({"kind":")" + kind + R"(List","apiVersion":")" + version +
         R"(","metadata":{"resourceVersion":"1"},)"
         R"("items":[)" +
         item + "]}";
}

class RegistryWatchTest : public testing::Test {
 protected:
  RegistryWatchTest() {
    api_.list(kServiceList, list_json("Service", service_json("a", "1")));
    api_.list(kEndpointsList, list_json("Endpoints", endpoints_json({"p1"}, "1")));
    api_.list(pods_of("a"), pod_list_json({pod_json("p1", "1")}, "1"));
    api_.list(pods_of("b"), pod_list_json({pod_json("p2", "1")}, "1"));
    follow({"demo", {"shop"}});
  }

  void follow(const core::WatchQuery& query) {
    WatchOptions options;
    options.timing.backoff.first = milliseconds(1);
    options.timing.backoff.longest = std::chrono::hours(1);
    options.jitter = [this] { return std::exchange(next_jitter_, 0.0); };
    watch_ = std::make_unique<RegistryWatch>(connection_to(api_.server()), options, query);
  }

  // The pods with instances, at each moment at which the objects belong together.
  std::vector<std::string> instances() const {
    std::vector<std::string> pods;
    for (const auto& service : watch_->services()) {
      for (const auto& instance : core::picture_of(service).discovery.instances)
        pods.push_back(instance.pod);
    }
    return pods;
  }

  testing::AssertionResult until(const std::vector<std::string>& wanted) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!watch_->consistent() || instances() != wanted) {
      if (std::chrono::steady_clock::now() > end) return testing::AssertionFailure();
      watch_->wait(milliseconds(100));
      if (watch_->consistent()) seen_.push_back(instances());
    }
    return testing::AssertionSuccess();
  }

  WatchedApi api_;
  double next_jitter_ = 0;  // of whoever asks first
  std::unique_ptr<RegistryWatch> watch_;
  std::vector<std::vector<std::string>> seen_;
};

TEST_F(RegistryWatchTest, JoinsWhatItFollows) {
  ASSERT_TRUE(until({"p1"}));
  api_.tell(pods_of("a"), event("ADDED", pod_json("p3", "2")));
  api_.tell(kEndpointsList, event("MODIFIED", endpoints_json({"p1", "p3"}, "3")));
  ASSERT_TRUE(until({"p1", "p3"}));
  api_.tell(kEndpointsList, event("DELETED", endpoints_json({}, "4")));
  ASSERT_TRUE(until({}));
  api_.tell(kEndpointsList, event("ADDED", endpoints_json({"p3"}, "5")));
  ASSERT_TRUE(until({"p3"}));
}

TEST_F(RegistryWatchTest, JoinsEndpointSlicesInstead) {
  api_.list(kSliceList, list_json("EndpointSlice", slice_json("shop-1", "p1", "1")));
  follow({"demo", {"shop"}, core::EndpointSource::endpointslices});
  ASSERT_TRUE(until({"p1"}));
  api_.tell(pods_of("a"), event("ADDED", pod_json("p3", "2")));
  api_.tell(kSliceList, event("ADDED", slice_json("shop-2", "p3", "3")));
  ASSERT_TRUE(until({"p1", "p3"}));
  api_.tell(kSliceList, event("DELETED", slice_json("shop-1", "p1", "4")));
  ASSERT_TRUE(until({"p3"}));
  EXPECT_THAT(api_.lists_asked(), Not(Contains(kEndpointsList)));
}

TEST_F(RegistryWatchTest, AnotherSelectorMeansOtherPods) {
  ASSERT_TRUE(until({"p1"}));
  seen_.clear();
  api_.tell(kEndpointsList, event("MODIFIED", endpoints_json({"p1", "p2"}, "2")));
  api_.tell(kServiceList, event("MODIFIED", service_json("b", "3")));
  ASSERT_TRUE(until({"p2"}));
  for (const auto& pods : seen_) EXPECT_LE(pods.size(), 1U);
  api_.tell(kServiceList, event("MODIFIED", service_json("a", "4")));
  ASSERT_TRUE(until({"p1"}));
  auto asked = api_.lists_asked();
  ASSERT_EQ(asked.size(), 5U);
  std::ranges::sort(asked.begin(), asked.begin() + 3);  // at once: they arrive in any order
  EXPECT_THAT(asked,
              ElementsAre(kEndpointsList, pods_of("a"), kServiceList, pods_of("b"), pods_of("a")));
}

TEST_F(RegistryWatchTest, ObjectsOfTwoSelectorsDoNotBelongTogether) {
  ASSERT_TRUE(until({"p1"}));
  api_.list(pods_of("c"), "");  // nothing that could be read
  api_.tell(kServiceList, event("MODIFIED", service_json("c", "3")));
  while (watch_->consistent()) watch_->wait(milliseconds(100));
  EXPECT_FALSE(watch_->consistent());
}

TEST_F(RegistryWatchTest, AServiceThatIsDeletedComesBack) {
  ASSERT_TRUE(until({"p1"}));
  api_.tell(kServiceList, event("DELETED", service_json("a", "2")));
  ASSERT_TRUE(until({}));
  api_.tell(kServiceList, event("ADDED", service_json("a", "3")));
  ASSERT_TRUE(until({"p1"}));
}

TEST_F(RegistryWatchTest, WhenOneIsAnsweredAgainNoneWaitsAnyLonger) {
  ASSERT_TRUE(until({"p1"}));
  while (api_.watches_asked() < 3) watch_->wait(milliseconds(10));
  next_jitter_ = 3.6e6;  // the pause of the first that fails: an hour
  api_.break_off();
  api_.tell(pods_of("a"), event("ADDED", pod_json("p3", "2")));
  api_.tell(kEndpointsList, event("MODIFIED", endpoints_json({"p1", "p3"}, "3")));
  ASSERT_TRUE(until({"p1", "p3"}));
  api_.tell(kEndpointsList, event("MODIFIED", endpoints_json({"p2"}, "4")));
  api_.tell(kServiceList, event("MODIFIED", service_json("b", "5")));
  ASSERT_TRUE(until({"p2"}));
  EXPECT_EQ(next_jitter_, 0.0);
}

TEST_F(RegistryWatchTest, SaysWhatFailedUntilItWorksAgain) {
  ASSERT_TRUE(until({"p1"}));
  while (api_.watches_asked() < 3) watch_->wait(milliseconds(10));
  EXPECT_EQ(watch_->failure(), "");
  api_.break_off();
  while (watch_->failure().empty()) watch_->wait(milliseconds(0));  // a step at a time
  EXPECT_THAT(watch_->failure(), testing::HasSubstr("broke off"));
  api_.tell(pods_of("a"), event("ADDED", pod_json("p3", "2")));
  api_.tell(kEndpointsList, event("MODIFIED", endpoints_json({"p1", "p3"}, "3")));
  api_.tell(kServiceList, event("MODIFIED", service_json("a", "3")));
  ASSERT_TRUE(until({"p1", "p3"}));
  while (!watch_->failure().empty()) watch_->wait(milliseconds(10));
}

TEST_F(RegistryWatchTest, NothingAtAllIsAPictureToo) {
  api_.list(kServiceList, list_json("Service", ""));
  api_.list(kEndpointsList, list_json("Endpoints", ""));
  EXPECT_TRUE(watch_->wait(std::chrono::seconds(30)));
  while (!watch_->consistent()) watch_->wait(milliseconds(100));
  EXPECT_THAT(watch_->services(), IsEmpty());
}

}  // namespace
}  // namespace podreg::k8s
