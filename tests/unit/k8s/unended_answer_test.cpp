// Answers whose document is complete and whose end is not told: libcurl 7.88 now and then keeps the
// end of an HTTP/2 stream to itself. Who waited for it here would wait until its time is over.
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>

#include "k8s/api_cluster.h"
#include "tests/support/http2_peer.h"
#include "tests/support/protobuf_writer.h"
#include "tests/support/turns_server.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/watch_server.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using tests::Http2Peer;
using tests::Peer;

constexpr const char* kJsonType = "application/json";
constexpr const char* kProtobufType =
    "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

const std::string kServices =
    R"({"kind":"ServiceList","apiVersion":"v1","items":[{"metadata":{"namespace":"demo",)"
    R"("name":"shop"},"spec":{"selector":{"app":"shop"}}}]})";
const std::string kEndpoints =
    R"({"kind":"EndpointsList","apiVersion":"v1","items":[{"metadata":{"namespace":"demo",)"
    R"("name":"shop"}}]})";
const std::string kPods = tests::pod_list({{"demo", "a", {}, {}}, {"demo", "b", {}, {}}});

// Whoever waits fails, and not by waiting long.
ApiOptions impatient() {
  ApiOptions options;
  options.timeouts = Timeouts::within(std::chrono::milliseconds(3000));
  return options;
}

std::vector<std::string> pods_of(ApiCluster& cluster) {
  std::vector<std::string> names;
  cluster.pods({}, [&](const core::PodView& pod) { names.emplace_back(pod.name); });
  return names;
}

struct Body {
  std::string type;
  std::string body;
};

// Answers the requests of a connection in their order, over HTTP/2, and ends no stream.
class NeverEnding {
 public:
  explicit NeverEnding(std::vector<Body> answers)
      : server_([answers = std::move(answers)](Peer& peer) { serve(peer, answers); }, identity_,
                true) {}

  Connection connection() const {
    Connection connection = connection_to(server_);
    connection.ca_pem = identity_.certificate;
    return connection;
  }
  int connections() const { return server_.connections(); }

 private:
  static void serve(Peer& peer, const std::vector<Body>& answers) {
    Http2Peer http2(peer);
    for (std::uint32_t number = 0; number < answers.size(); ++number) {
      const std::uint32_t stream = 2 * number + 1;
      if (!http2.wait_for_request(stream)) return;
      http2.headers(stream, answers[number].type);
      http2.data(stream, answers[number].body, false);
    }
    peer.wait_for_end();
  }

  tests::TlsIdentity identity_ = tests::make_identity();
  tests::RawServer server_;
};

TEST(UnendedAnswer, ListsAreCompleteWhenTheirDocumentsAre) {
  const NeverEnding server({{kJsonType, kServices},
                            {kJsonType, kEndpoints},
                            {kProtobufType, kPods},
                            {kJsonType, pod_list_json({}, "1")}});
  ApiCluster cluster(server.connection(), impatient());
  const auto states = cluster.services({});
  ASSERT_EQ(states.size(), 1U);
  EXPECT_EQ(states[0].name, "shop");
  EXPECT_THAT(pods_of(cluster), ElementsAre("a", "b"));
  EXPECT_THAT(pods_of(cluster), ElementsAre());
  EXPECT_EQ(server.connections(), 1);
}

TEST(UnendedAnswer, TheEmptyFieldsBehindAListOfPodsAreNotWaitedFor) {
  const NeverEnding server({{kProtobufType, kPods.substr(0, kPods.size() - 4)}});
  ApiCluster cluster(server.connection(), impatient());
  EXPECT_THAT(pods_of(cluster), ElementsAre("a", "b"));
}

TEST(UnendedAnswer, APodIsCompleteWhenItsDocumentIs) {
  const NeverEnding server(
      {Body{kJsonType, R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"p",)"
                       R"("namespace":"demo","resourceVersion":"8"}})"}});
  ApiCluster cluster(server.connection(), impatient());
  const auto pod = cluster.pod("demo", "p");
  ASSERT_TRUE(pod);
  EXPECT_EQ(pod->resource_version, "8");
}

TEST(UnendedAnswer, WhatIsCutShortIsStillWaitedFor) {
  for (const auto& [type, body] : {Body{kProtobufType, kPods.substr(0, kPods.size() - 5)},
                                   Body{kJsonType, kServices.substr(0, kServices.size() - 1)}}) {
    const NeverEnding server({{type, body}});
    auto options = impatient();
    options.timeouts = Timeouts::within(std::chrono::milliseconds(300));
    ApiCluster cluster(server.connection(), options);
    EXPECT_EQ(tests::caught([&] { pods_of(cluster); }).kind, core::ErrorKind::unreachable) << type;
  }
}

TEST(UnendedAnswer, WhatHasArrivedBehindADocumentIsStillChecked) {
  const NeverEnding server({{kJsonType, pod_list_json({}, "1") + "  garbage"}});
  ApiCluster cluster(server.connection(), impatient());
  EXPECT_THAT(tests::caught([&] { pods_of(cluster); }).message, HasSubstr("is not valid JSON"));
}

std::string chunked(const std::string& type, const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nTransfer-Encoding: chunked\r\n\r\n" +
         chunk(body);
}

TEST(UnendedAnswer, TheLastChunkIsNotWaitedFor) {
  for (const auto& [type, body] :
       {Body{kProtobufType, kPods},
        Body{kJsonType, pod_list_json({pod_json("a", "1"), pod_json("b", "2")}, "3")}}) {
    const tests::TurnsServer server({[&, type = type, body = body](Peer& peer) {
      peer.write(chunked(type, body));
      peer.wait_for_end();
      return false;
    }});
    ApiCluster cluster(connection_to(server.server()), impatient());
    EXPECT_THAT(pods_of(cluster), ElementsAre("a", "b")) << type;
  }
}

TEST(UnendedAnswer, AConnectionWhoseLastChunkComesAMomentLaterIsUsedAgain) {
  const auto answer = [](Peer& peer) {
    peer.write(chunked(kProtobufType, kPods));
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return peer.write("0\r\n\r\n");
  };
  const tests::TurnsServer server({answer, answer});
  ApiCluster cluster(connection_to(server.server()), impatient());
  pods_of(cluster);
  pods_of(cluster);
  EXPECT_EQ(server.server().connections(), 1);
}

}  // namespace
}  // namespace podreg::k8s
