// Calls on several providers, and many on one.
#include "rpc/caller.h"

#include <gmock/gmock.h>

#include <atomic>
#include <mutex>
#include <thread>

#include "rpc/tcp_dialer.h"
#include "tests/unit/rpc/dubbo_peer.h"

namespace podreg::rpc {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::Peer;
using tests::RawServer;

core::DerivedUrl url_of(int port) {
  core::DerivedUrl url;
  url.url.protocol = "dubbo";
  url.url.host = "127.0.0.1";
  url.url.port = port;
  url.interface = "com.example.shop.OrderService";
  return url;
}

DubboReply returned(const std::string& text) {
  hessian2::Writer writer;
  writer.integer(1);  // a value
  writer.string(text);
  return {kStatusOk, writer.take()};
}

DubboReply thrown() {
  hessian2::Writer writer;
  writer.integer(0);  // an exception
  writer.begin_map("com.example.shop.NoStock");
  writer.string("detailMessage");
  writer.string("none left");
  writer.end_map();
  return {kStatusOk, writer.take()};
}

class CallerTest : public testing::Test {
 protected:
  CallerTest() {
    plan_.method = "getOrder";
    plan_.arguments = {{"\"o-1\"", "java.lang.String"}};
    plan_.typed = true;
    plan_.concurrency = 1;
    plan_.on_progress = [this](const Tally& tally) { tallies_.push_back(tally); };
  }

  CallPlan plan_;
  TcpDialer dialer_;
  std::vector<Tally> tallies_;
};

TEST_F(CallerTest, EachHasItsOwnOutcomeInTheOrderOfTheUrls) {
  const RawServer well([](Peer& peer) { speak_dubbo(peer, [] { return returned("o-1"); }); });
  const RawServer throwing([](Peer& peer) { speak_dubbo(peer, thrown); });
  const RawServer silent([](Peer&) {});
  const auto outcomes =
      Caller(dialer_, plan_)
          .call_each({url_of(throwing.port()), url_of(well.port()), url_of(silent.port())});
  ASSERT_EQ(outcomes.size(), 3U);
  ASSERT_TRUE(outcomes[0].exception);
  EXPECT_EQ(outcomes[0].exception->to_string(), "com.example.shop.NoStock: none left");
  EXPECT_EQ(outcomes[1].result, "\"o-1\"");
  ASSERT_TRUE(outcomes[2].error);
  EXPECT_EQ(outcomes[2].error->kind(), core::ErrorKind::unreachable);
  EXPECT_THAT(tallies_,
              ElementsAre(Tally{3, 0, 0}, Tally{3, 1, 1}, Tally{3, 2, 1}, Tally{3, 3, 2}));
}

TEST_F(CallerTest, ManyCallsShareAConnection) {
  const RawServer server([](Peer& peer) { speak_dubbo(peer, [] { return returned("o-1"); }); });
  const auto load = Caller(dialer_, plan_).call_often(url_of(server.port()), 20);
  EXPECT_EQ(load.calls, 20U);
  EXPECT_EQ(load.failed, 0U);
  EXPECT_EQ(load.failure, "");
  EXPECT_GT(load.latency.max, 0.0);
  EXPECT_GT(load.per_second(), 0.0);
  EXPECT_EQ(server.connections(), 1);
  EXPECT_EQ(tallies_.back(), (Tally{20, 20, 0}));
}

TEST_F(CallerTest, ManyCallsAreMadeOverAsManyConnectionsAsWanted) {
  std::atomic<int> calls = 0;
  const RawServer server([&](Peer& peer) {
    speak_dubbo(peer, [&] {
      ++calls;
      return returned("o-1");
    });
  });
  plan_.concurrency = 4;
  EXPECT_EQ(Caller(dialer_, plan_).call_often(url_of(server.port()), 200).failed, 0U);
  EXPECT_EQ(calls, 200);
  EXPECT_LE(server.connections(), 4);
}

// Connects everybody but the first, who learns so when the second is there.
class ForbiddingDialer final : public core::Dialer {
 public:
  std::unique_ptr<core::Stream> dial(const core::PodPort& target, core::Deadline until) override {
    if (dials_++ == 0) {
      dials_.wait(1);
      throw core::Error(core::ErrorKind::not_allowed, "forbidden");
    }
    dials_.notify_all();
    return dialer_.dial(target, until);
  }

 private:
  std::atomic<int> dials_ = 0;
  TcpDialer dialer_;
};

TEST_F(CallerTest, WhatIsNotAllowedEndsTheCallsOfAllConnections) {
  std::atomic<int> calls = 0;
  const RawServer server([&](Peer& peer) {
    speak_dubbo(peer, [&] {
      ++calls;
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return returned("o-1");
    });
  });
  ForbiddingDialer dialer;
  plan_.concurrency = 2;
  EXPECT_THROW(Caller(dialer, plan_).call_often(url_of(server.port()), 1'000), core::Error);
  EXPECT_LT(calls, 900);
}

// The second call finds the connection broken, the third one a new one.
TEST_F(CallerTest, AConnectionThatBrokeIsOpenedAgain) {
  std::atomic<int> calls = 0;
  const RawServer server([&](Peer& peer) {
    speak_dubbo(peer, [&] { return ++calls == 2 ? DubboReply{} : returned("o-1"); });
  });
  const auto load = Caller(dialer_, plan_).call_often(url_of(server.port()), 3);
  EXPECT_EQ(load.failed, 1U);
  ASSERT_TRUE(load.error);
  EXPECT_EQ(load.error->kind(), core::ErrorKind::unreachable);
  EXPECT_EQ(load.failure, load.error->what());
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(CallerTest, AnExceptionIsAFailureThatCostsNoConnection) {
  const RawServer server([](Peer& peer) { speak_dubbo(peer, thrown); });
  const auto load = Caller(dialer_, plan_).call_often(url_of(server.port()), 5);
  EXPECT_EQ(load.failed, 5U);
  EXPECT_EQ(load.failure, "com.example.shop.NoStock: none left");
  EXPECT_FALSE(load.error);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(CallerTest, ArgumentsThatAreNoneAreRefusedBeforeAnybodyIsCalled) {
  plan_.arguments = {{"o-1", "java.lang.String"}};
  try {
    check_arguments(plan_);
    ADD_FAILURE() << "no error";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::usage);
    EXPECT_THAT(error.what(), HasSubstr("argument 1"));
  }
}

}  // namespace
}  // namespace podreg::rpc
