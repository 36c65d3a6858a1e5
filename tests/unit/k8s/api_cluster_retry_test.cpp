#include <gmock/gmock.h>

#include "core/error.h"
#include "k8s/api_cluster.h"
#include "tests/support/fake_clock.h"
#include "tests/support/http2_peer.h"
#include "tests/support/protobuf_writer.h"
#include "tests/support/turns_server.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::answering;
using tests::breaking_off_after;
using tests::Peer;
using tests::TurnsServer;

constexpr const char* kProtobufType =
    "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

std::string page(const std::vector<std::string>& names, const std::string& token = "") {
  std::vector<tests::PodFields> pods;
  for (const auto& name : names) {
    pods.push_back({"demo", name, {}, {{"io.dubbo/metadata", std::string(50, 'x')}}});
  }
  return tests::pod_list(pods, token);
}

TurnsServer::Turn answering_pods(const std::string& body) {
  return answering("200 OK", body, "", kProtobufType);
}

// Of an answer with that body, all but its last bytes; how the rest is missing differs.
std::string head_and_part(const std::string& type, const std::string& body, std::size_t missing) {
  return "HTTP/1.1 200 OK\r\nContent-Type: " + type +
         "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" +
         body.substr(0, body.size() - missing);
}

TurnsServer::Turn expired() {
  return answering("410 Gone",
                   R"({"kind":"Status","apiVersion":"v1","reason":"Expired","code":410,)"
                   R"("metadata":{"continue":"later"},"message":"too old"})",
                   "", "application/json");
}

const std::string kPod =
    R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","namespace":"demo",)"
    R"("resourceVersion":"8"},"status":{"phase":"Running"}})";

class ApiClusterRetryTest : public testing::Test {
 protected:
  ApiOptions options() {
    ApiOptions options;
    options.clock = &clock_;
    return options;
  }

  Connection connection(const std::string& url) {
    Connection connection;
    connection.server = url;
    return connection;
  }

  std::vector<std::string> pods(const Connection& connection) {
    ApiCluster cluster(connection, options());
    std::vector<std::string> names;
    cluster.pods({}, [&](const core::PodView& pod) { names.emplace_back(pod.name); });
    return names;
  }
  std::vector<std::string> pods(const TurnsServer& server) {
    return pods(connection(server.url()));
  }

  // Method and target of each request.
  static std::vector<std::string> asked(const TurnsServer& server) {
    std::vector<std::string> lines;
    for (const auto& request : server.requests()) {
      lines.push_back(request.substr(0, request.find(" HTTP/")));
    }
    return lines;
  }

  tests::FakeClock clock_;
};

TEST_F(ApiClusterRetryTest, AListThatBreaksOffIsReadAgainAndEachPodPassedOnce) {
  const std::string whole = page({"a", "b", "c"});
  const TurnsServer server({breaking_off_after(head_and_part(kProtobufType, whole, 30)),
                            answering("503 Busy"), answering_pods(page({"a", "b", "c", "d"}))});
  EXPECT_THAT(pods(server), ElementsAre("a", "b", "c", "d"));
}

TEST_F(ApiClusterRetryTest, AChunkedListWithoutItsEndIsReadAgain) {
  const std::string whole = page({"a", "b"});
  const TurnsServer server(
      {breaking_off_after("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: " +
                          std::string(kProtobufType) + "\r\n\r\n10\r\n" + whole.substr(0, 16) +
                          "\r\n"),
       answering_pods(whole)});
  EXPECT_THAT(pods(server), ElementsAre("a", "b"));
}

TEST_F(ApiClusterRetryTest, AListThatIsShorterThanItSaysIsReadAgain) {
  const std::string whole = page({"a", "b"});
  const TurnsServer server(
      {answering_pods(whole.substr(0, whole.size() - 20)), answering_pods(whole)});
  EXPECT_THAT(pods(server), ElementsAre("a", "b"));
}

TEST_F(ApiClusterRetryTest, AListThatBreaksOffEachTimeIsAnError) {
  const auto half = breaking_off_after(head_and_part(kProtobufType, page({"a", "b"}), 20));
  const TurnsServer server({half, half, half, half});
  EXPECT_EQ(tests::caught([&] { pods(server); }).kind, ErrorKind::unreachable);
  EXPECT_EQ(clock_.slept.size(), 3U);
}

TEST_F(ApiClusterRetryTest, WhatIsNotAListIsReadOnce) {
  const TurnsServer server({answering_pods("k8s" + std::string(1, '\0') + std::string(9, '\xff') +
                                           std::string(200'000, 'x'))});
  EXPECT_EQ(tests::caught([&] { pods(server); }).kind, ErrorKind::invalid_data);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(ApiClusterRetryTest, OnlyThePageThatBrokeOffIsReadAgain) {
  const TurnsServer server({answering_pods(page({"a", "b"}, "2")),
                            breaking_off_after(head_and_part(kProtobufType, page({"c"}), 5)),
                            answering_pods(page({"c"}))});
  EXPECT_THAT(pods(server), ElementsAre("a", "b", "c"));
  EXPECT_THAT(asked(server), ElementsAre("GET /api/v1/pods", "GET /api/v1/pods?continue=2",
                                         "GET /api/v1/pods?continue=2"));
}

TEST_F(ApiClusterRetryTest, AListThatHasExpiredBeginsAnewAndPassesNoPodTwice) {
  const TurnsServer server({answering_pods(page({"a", "b"}, "2")), expired(),
                            answering_pods(page({"a", "aa", "b", "c"}))});
  EXPECT_THAT(pods(server), ElementsAre("a", "b", "aa", "c"));
  EXPECT_THAT(asked(server),
              ElementsAre("GET /api/v1/pods", "GET /api/v1/pods?continue=2", "GET /api/v1/pods"));
}

TEST_F(ApiClusterRetryTest, AFarServersListComesInPagesAndBeginsAnewWithoutThem) {
  const TurnsServer server(
      {answering_pods(page({"a"}, "2")), expired(), answering_pods(page({"a", "b"}))});
  auto far = options();
  far.compression = Compression::on;
  ApiCluster cluster(connection(server.url()), far);
  std::vector<std::string> names;
  cluster.pods({}, [&](const core::PodView& pod) { names.emplace_back(pod.name); });
  EXPECT_THAT(names, ElementsAre("a", "b"));
  EXPECT_THAT(asked(server),
              ElementsAre("GET /api/v1/pods?limit=5000", "GET /api/v1/pods?limit=5000&continue=2",
                          "GET /api/v1/pods"));
}

TEST_F(ApiClusterRetryTest, AListThatExpiresAgainIsAnError) {
  const TurnsServer server(
      {answering_pods(page({"a"}, "2")), expired(), answering_pods(page({"a"}, "3")), expired()});
  const auto error = tests::caught([&] { pods(server); });
  EXPECT_EQ(error.kind, ErrorKind::unreachable);
  EXPECT_THAT(error.message, HasSubstr("410: too old"));
}

TEST_F(ApiClusterRetryTest, ServicesOfAListThatBeganAnewAreThoseOfTheNewOne) {
  const auto list = [](const std::string& kind, const std::vector<std::string>& names,
                       const std::string& token = "") {
    std::string items;
    for (const auto& name : names) {
      items += (items.empty() ? "" : ",") + std::string(R"({"metadata":{"namespace":"demo",)") +
               R"("name":")" + name + R"("}})";
    }
    return R"({"kind":")" + kind + R"(List","apiVersion":"v1","metadata":{"continue":")" + token +
           R"("},"items":[)" + items + "]}";
  };
  std::atomic<int> lists{0};
  const tests::RawServer server([&](Peer& peer) {
    constexpr const char* kJson = "application/json";
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      if (request.find("continue=2") != std::string::npos) {
        expired()(peer);
      } else if (request.find("/endpoints") != std::string::npos) {
        peer.answer("200 OK", kJson, list("Endpoints", {}));
      } else if (++lists == 1) {
        peer.answer("200 OK", kJson, list("Service", {"deleted", "kept"}, "2"));
      } else {
        peer.answer("200 OK", kJson, list("Service", {"kept", "new"}));
      }
    }
  });
  ApiCluster cluster(connection(server.url()), options());
  std::vector<std::string> names;
  for (const auto& state : cluster.services({})) names.push_back(state.name);
  EXPECT_THAT(names, ElementsAre("kept", "new"));
}

TEST_F(ApiClusterRetryTest, APodWhoseAnswerBreaksOffIsReadAgain) {
  const TurnsServer server({breaking_off_after(head_and_part("application/json", kPod, 10)),
                            answering("200 OK", kPod, "", "application/json")});
  ApiCluster cluster(connection(server.url()), options());
  EXPECT_EQ(cluster.pod("demo", "p").value_or(core::Pod{}).phase, "Running");
}

TEST_F(ApiClusterRetryTest, APatchWhoseAnswerBreaksOffIsNotSentAgain) {
  const TurnsServer server({breaking_off_after(head_and_part("application/json", kPod, 10)),
                            answering("200 OK", kPod, "", "application/json")});
  ApiCluster cluster(connection(server.url()), options());
  core::Pod pod;
  pod.ns = "demo";
  pod.name = "p";
  pod.resource_version = "7";
  EXPECT_EQ(tests::caught([&] { cluster.annotate(pod, "{}", {}); }).kind, ErrorKind::unreachable);
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(ApiClusterRetryTest, AnHttp2ConnectionThatEndsInTheMiddleOfAListIsMadeAgain) {
  const auto identity = tests::make_identity();
  const std::string whole = page({"a", "b", "c"});
  std::atomic<int> connections{0};
  const tests::RawServer server(
      [&](Peer& peer) {
        const bool first = ++connections == 1;
        tests::Http2Peer http2(peer);
        if (!http2.wait_for_request(1)) return;
        http2.headers(1, kProtobufType);
        http2.data(1, first ? whole.substr(0, whole.size() - 50) : whole, !first);
        if (first) {
          http2.go_away(1);
          return;
        }
        peer.wait_for_end();
      },
      identity, true);
  Connection to = connection(server.url());
  to.ca_pem = identity.certificate;
  EXPECT_THAT(pods(to), ElementsAre("a", "b", "c"));
  EXPECT_EQ(connections, 2);
}

TEST_F(ApiClusterRetryTest, AnErrorWhoseBodyBreaksOffIsStillThatError) {
  // The Service and its Endpoints are asked for at the same time.
  const auto broken = breaking_off_after(
      "HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"k");
  const TurnsServer server({broken, broken});
  ApiCluster cluster(connection(server.url()), options());
  EXPECT_EQ(tests::caught([&] {
              cluster.services({"demo", "shop"});
            }).kind,
            ErrorKind::not_allowed);
}

TEST_F(ApiClusterRetryTest, AnObjectThatIsTooLargeIsGivenUp) {
  const tests::RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"kind\":");
    const std::string blanks(1 << 20, ' ');
    while (peer.write(blanks)) {
    }
  });
  ApiCluster cluster(connection(server.url()), options());
  const auto error = tests::caught([&] { cluster.services({"demo", "shop"}); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("is larger than 16 MiB"));
}

}  // namespace
}  // namespace podreg::k8s
