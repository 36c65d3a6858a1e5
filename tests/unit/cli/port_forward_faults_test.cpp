// Port-forwards that fail, seen from the command line: an API server that has the objects of one
// Service, and does with port-forwards what a test says.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <functional>
#include <string>

#include "rpc/dubbo_frame.h"
#include "tests/support/port_forward_peer.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Matcher;
using tests::channel_message;
using tests::Peer;
using tests::port_names;
using tests::RawServer;
using tests::upgrade;
using tests::websocket_frame;
using namespace std::string_literals;

// What the server does with the request of a port-forward.
using Fault = std::function<void(Peer&, const std::string& request)>;

constexpr const char* kJson = "application/json";
constexpr const char* kService =
    R"({"kind":"Service","apiVersion":"v1","metadata":{"name":"shop","namespace":"demo"},)"
    R"("spec":{"selector":{"app":"shop"}}})";
constexpr const char* kEndpoints =
    R"({"kind":"Endpoints","apiVersion":"v1","metadata":{"name":"shop","namespace":"demo"},)"
    R"("subsets":[{"ports":[{"port":20880}],"addresses":[{"ip":"10.0.0.1",)"
    R"("targetRef":{"kind":"Pod","name":"shop-1"}}]}]})";
constexpr const char* kPods =
    R"({"kind":"PodList","apiVersion":"v1","metadata":{},"items":[{"metadata":{"name":"shop-1",)"
    R"("namespace":"demo","labels":{"app":"shop"},"annotations":{"io.dubbo/metadata":)"
    R"("{\"dubbo.metadata.revision\":\"0123456789abcdef\"}"}}}]})";

void serve(Peer& peer, const Fault& fault) {
  for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
    const std::string target = request.substr(4, request.find(" HTTP/") - 4);
    if (target.find("/portforward?") != std::string::npos) return fault(peer, request);
    const bool service = target.ends_with("/services/shop");
    peer.answer("200 OK", kJson,
                service                               ? kService
                : target.ends_with("/endpoints/shop") ? kEndpoints
                                                      : kPods);
  }
}

Ran urls_through(const Fault& fault, const std::string& timeout = "60s") {
  const RawServer server([&](Peer& peer) { serve(peer, fault); });
  return run_podreg({"urls", "shop", "-n", "demo", "--kubeconfig", "/dev/null", "--server",
                     server.url(), "--via", "port-forward", "--timeout", timeout});
}

// A stream that begins well, then carries these bytes.
Fault carrying(const std::string& bytes) {
  return [bytes](Peer& peer, const std::string& request) {
    upgrade(peer, request);
    peer.write(port_names() + bytes);
    peer.wait_for_end();
  };
}

Fault answering(const std::string& status, const std::string& message) {
  return [=](Peer& peer, const std::string&) {
    peer.answer(status, kJson,
                R"({"kind":"Status","apiVersion":"v1","status":"Failure",)"s + message + "}");
  };
}

struct Case {
  std::string name;
  Fault fault;
  int status;
  Matcher<std::string> error;
  std::string timeout = "60s";  // short for those that it has to end
};

class PortForwardFault : public ::testing::TestWithParam<Case> {};

TEST_P(PortForwardFault, EndsWithItsStatusAndSentence) {
  const auto& [name, fault, status, error, timeout] = GetParam();
  const auto ran = urls_through(fault, timeout);
  EXPECT_EQ(ran.status, status) << ran.err;
  EXPECT_THAT(ran.err, error);
  EXPECT_THAT(ran.err, HasSubstr("shop-1"));
  EXPECT_EQ(ran.out, "");
}

const Case kCases[] = {
    {"Forbidden",
     answering("403 Forbidden",
               R"("reason":"Forbidden","code":403,"message":"pods \"shop-1\" is forbidden: )"
               R"(User \"ann\" cannot create resource \"pods/portforward\" in API group \"\"")"),
     4,
     AllOf(HasSubstr("error: user \"ann\" may not create pods/portforward of pod \"shop-1\""),
           HasSubstr(R"(resources: ["pods/portforward"], verbs: ["get", "create"])"))},
    {"PodIsGone",
     answering("404 Not Found", R"("reason":"NotFound","details":{"name":"shop-1","kind":"pods"},)"
                                R"("message":"pods \"shop-1\" not found","code":404)"),
     5, HasSubstr("pod \"shop-1\" not found in namespace \"demo\"")},
    {"PodIsGoneInChunks",
     [](Peer& peer, const std::string&) {
       const std::string status =
           R"({"kind":"Status","apiVersion":"v1","reason":"NotFound",)"
           R"("details":{"name":"shop-1","kind":"pods"},"message":"no","code":404})";
       peer.write(
           "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n"
           "Transfer-Encoding: chunked\r\n\r\n" +
           fmt::format("{:x}\r\n{}\r\n0\r\n\r\n", status.size(), status));
       peer.wait_for_end();
     },
     5, HasSubstr("pod \"shop-1\" not found in namespace \"demo\"")},
    {"ARefusalWithoutEnd",
     [](Peer& peer, const std::string&) {
       peer.write("HTTP/1.1 503 Not Now\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nlater\r\n");
       peer.wait_for_end();
     },
     5, HasSubstr("later")},
    {"NoKubelet",
     answering("500 Internal Server Error",
               R"("reason":"InternalError","code":500,"message":"error dialing backend: dial tcp )"
               R"(10.0.0.9:10250: connect: no route to host")"),
     5,
     HasSubstr("cannot forward a port of pod \"shop-1\": error dialing backend: dial tcp "
               "10.0.0.9:10250: connect: no route to host")},
    {"NoNode",
     answering("404 Not Found", R"("reason":"NotFound","details":{"name":"node-x","kind":"pods"},)"
                                R"("message":"pods \"node-x\" not found","code":404)"),
     5, HasSubstr("cannot forward a port of pod \"shop-1\": pods \"node-x\" not found")},
    {"NotScheduled",
     answering("400 Bad Request",
               R"("reason":"BadRequest","code":400,"message":"pod shop-1 does not have a host")"),
     5, HasSubstr("cannot forward a port of pod \"shop-1\": pod shop-1 does not have a host")},
    {"CloseInTheHandshake", [](Peer&, const std::string&) {}, 5,
     HasSubstr("broke off before the port-forward began")},
    {"SilenceInTheHandshake", [](Peer& peer, const std::string&) { peer.wait_for_end(); }, 5,
     HasSubstr("did not answer in time for a port-forward"), "300ms"},
    {"GarbageInTheHandshake",
     [](Peer& peer, const std::string&) { peer.write("SSH-2.0-OpenSSH\r\n\r\n"); }, 7,
     HasSubstr("does not answer in HTTP/1")},
    {"CloseBehindTheHandshake",
     [](Peer& peer, const std::string& request) { upgrade(peer, request); }, 5,
     HasSubstr("the connection was closed without an answer")},
    {"SilenceBehindTheHandshake", carrying(""), 5, HasSubstr("no answer in time"), "300ms"},
    {"GarbageBehindTheHandshake", carrying("GARBAGE"), 5,
     HasSubstr("the API server's WebSocket frames are not well formed")},
    {"ErrorOfTheKubelet",
     carrying(channel_message(1,
                              "error forwarding port 20880 to pod shop-1: dial tcp4 "
                              "127.0.0.1:20880: connect: connection refused\n")),
     5, HasSubstr("connect: connection refused")},
    {"ErrorInTheMiddle",
     carrying(channel_message(0, "\xda\xbb\x02\x14") + channel_message(1, "lost the pod")), 5,
     HasSubstr("the connection ended in the middle of an answer: lost the pod")},
    {"AFrameOfTwoGigabytes", carrying("\x82\x7f\0\0\0\0\x7f\xff\xff\xffx"s), 5,
     HasSubstr("or too large")},
    {"NoDubboBehindIt", carrying(channel_message(0, "HTTP/1.1 400 Bad Request\r\n\r\n")), 7,
     HasSubstr("it answers in HTTP/1")},
    {"PingsWithoutEnd",
     [](Peer& peer, const std::string& request) {
       upgrade(peer, request);
       peer.write(port_names());
       while (peer.write(websocket_frame('\x89', std::string(125, '.')))) {
       }
     },
     5, HasSubstr("no answer in time"), "300ms"},
};

INSTANTIATE_TEST_SUITE_P(ApiServer, PortForwardFault, ::testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

// What the others differ from.
TEST(PortForwardWithoutFault, TheProviderAnswers) {
  const auto ran = urls_through([](Peer& peer, const std::string& request) {
    upgrade(peer, request);
    peer.write(port_names());
    rpc::DubboFrameReader reader;
    reader.feed(tests::read_websocket_frame(peer).substr(1));
    rpc::DubboFrame answer;
    answer.id = reader.next().value().id;
    answer.status = 20;
    answer.body = "\x91H\3appN\x08servicesHZZ"s;  // a MetadataInfo without services
    peer.write(channel_message(0, encode(answer)));
    peer.wait_for_end();
  });
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("No URLs found."));
}

}  // namespace
}  // namespace podreg::cli
