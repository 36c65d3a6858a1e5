// A reflector of pods, on a server that does what a test says.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "k8s/reflector.h"
#include "tests/unit/k8s/watch_server.h"

namespace podreg::k8s {

// The real time, which a test may put forward.
class HastyClock : public SystemClock {
 public:
  std::int64_t now_milliseconds() override { return SystemClock::now_milliseconds() + ahead; }
  std::int64_t steady_milliseconds() override { return SystemClock::steady_milliseconds() + ahead; }

  std::int64_t ahead = 0;
};

class ReflectorTest : public testing::Test {
 protected:
  ReflectorTest() {
    timing_.backoff = {std::chrono::milliseconds(1), std::chrono::milliseconds(4),
                       std::chrono::milliseconds(1000)};
    timing_.watch = std::chrono::seconds(180);
  }

  // Pods of the selector app=shop in the namespace demo, from that server.
  void follow(std::vector<tests::TurnsServer::Turn> turns) {
    reflector_.reset();  // before what it uses
    server_ = std::make_unique<tests::TurnsServer>(std::move(turns));
    TransportOptions options;
    options.clock = &clock_;
    options.timeouts = timeouts_;
    Connection connection = connection_to(server_->server());
    connection.credentials = credentials_;
    transport_ = std::make_unique<Transport>(std::move(connection), options);
    context_ = std::make_unique<ReflectorContext>(ReflectorContext{
        *transport_, clock_, jitter_, timing_, warnings_,
        [this](const core::WatchTrouble& trouble) { troubles_.push_back(trouble); }});
    context_->streams_lists = streams_lists_;
    context_->largest_list = largest_list_;
    ApiCall call{kPods, "demo", {}, "app=shop", {}, {}};
    reflector_ = std::make_unique<Reflector>(
        *context_, Reflector::Subject{call, kPodListTypes, kPodTypes}, store_);
  }

  // Lets it work until that is so; a reflector that never gets there fails the test.
  template <typename Condition>
  testing::AssertionResult until(Condition condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
      if (std::chrono::steady_clock::now() > end) return testing::AssertionFailure() << "not so";
      transport_->work();
      reflector_->step();
      store_.take_changed() ? ++changes_ : 0;
      if (context_->is_silent) {
        context_->is_silent = false;
        ++silences_;
        reflector_->interrupt();
        transport_->hang_up();
      }
      if (!condition()) transport_->wait(std::chrono::milliseconds(1));
    }
    return testing::AssertionSuccess();
  }

  // What arrives without being asked for has time to, and what is not to happen to happen.
  void work_a_little() {
    ASSERT_TRUE(until([steps = 0]() mutable { return ++steps > 20; }));
  }
  testing::AssertionResult until_asked(std::size_t times) {
    return until([&] { return server_->requests().size() >= times; });
  }
  testing::AssertionResult until_has(const std::vector<std::string>& names) {
    return until([&] { return pods() == names; });
  }

  std::vector<std::string> pods() const {
    std::vector<std::string> names;
    for (const auto& [name, registration] : store_.pods().listed) names.push_back(name);
    std::ranges::sort(names);
    return names;
  }

  // Path and query of each request.
  std::vector<std::string> targets() const {
    std::vector<std::string> targets;
    for (const auto& request : server_->requests())
      targets.push_back(request.substr(4, request.find(" HTTP/") - 4));
    return targets;
  }

  HastyClock clock_;
  std::function<double()> jitter_ = [] { return 0.0; };
  WatchTiming timing_;
  Timeouts timeouts_;
  std::uint64_t largest_list_ = kLargestList;
  bool streams_lists_ = false;
  std::shared_ptr<CredentialSource> credentials_;
  ServerWarnings warnings_{{}};
  PodObjects store_;
  std::vector<core::WatchTrouble> troubles_;
  int changes_ = 0;
  int silences_ = 0;
  std::unique_ptr<tests::TurnsServer> server_;
  std::unique_ptr<Transport> transport_;
  std::unique_ptr<ReflectorContext> context_;
  std::unique_ptr<Reflector> reflector_;
};

}  // namespace podreg::k8s
