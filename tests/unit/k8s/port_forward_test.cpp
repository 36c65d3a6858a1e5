#include "k8s/port_forward.h"

#include <gmock/gmock.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <thread>

#include "core/error.h"
#include "tests/support/port_forward_peer.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using tests::channel_message;
using tests::header_of;
using tests::Peer;
using tests::port_names;
using tests::RawServer;
using tests::read_websocket_frame;
using tests::upgrade;
using namespace std::chrono_literals;
using namespace std::string_literals;

const core::PodPort kTarget{"demo", "shop-1", "10.0.0.1", 20880};

core::Deadline soon() { return std::chrono::steady_clock::now() + 10s; }

Connection connection_to(const std::string& server) {
  Connection connection;
  connection.server = server;
  connection.credentials = bearer_token("s3cret");
  return connection;
}

core::Error error_of(const std::string& server, std::chrono::milliseconds patience = 10s) {
  try {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    PortForward(connection_to(server)).dial(kTarget, deadline);
  } catch (const core::Error& error) {
    return error;
  }
  return {ErrorKind::output, "no error"};
}

std::string read_to_end(const core::Stream& stream) {
  std::string all;
  std::array<char, 256> bytes{};
  while (true) {
    pollfd waiting{stream.descriptor(), POLLIN, 0};
    if (::poll(&waiting, 1, 10'000) != 1) return all + "(nothing more came)";
    const auto size = ::recv(stream.descriptor(), bytes.data(), bytes.size(), 0);
    if (size <= 0) return all;
    all.append(bytes.data(), static_cast<std::size_t>(size));
  }
}

TEST(PortForward, CarriesBytesBothWaysUntilTheKubeletSaysWhyItEnds) {
  std::string request;
  std::string sent;
  const RawServer server([&](Peer& peer) {
    request = peer.read_request();
    upgrade(peer, request);
    peer.write(port_names() + channel_message(0, "hel"));
    sent = read_websocket_frame(peer);
    peer.write(channel_message(0, "lo") + channel_message(1, "it was refused"));
    peer.wait_for_end();
  });
  {
    const auto stream = PortForward(connection_to(server.url())).dial(kTarget, soon());
    ASSERT_EQ(::send(stream->descriptor(), "question", 8, 0), 8);
    EXPECT_EQ(read_to_end(*stream), "hello");
    EXPECT_EQ(stream->reason(), "it was refused");
  }
  EXPECT_THAT(request,
              testing::StartsWith(
                  "GET /api/v1/namespaces/demo/pods/shop-1/portforward?ports=20880 HTTP/1.1\r\n"));
  EXPECT_EQ(header_of(request, "Authorization"), "Bearer s3cret");
  EXPECT_EQ(sent, "\0question"s);
}

TEST(PortForward, AStreamThatIsGivenUpClosesTheConnection) {
  const RawServer server([](Peer& peer) {
    upgrade(peer, peer.read_request());
    peer.write(port_names());
    peer.wait_for_end();
  });
  EXPECT_GE(PortForward(connection_to(server.url())).dial(kTarget, soon())->descriptor(), 0);
}

// Each ping has to be answered, and none of the answers is read: what the client may keep is full,
// and so are the buffers on the way, when the server cannot send any more.
TEST(PortForward, AStreamEndsAlthoughTheServerFloodsItWithPingsAndReadsNothing) {
  std::string pings;
  for (int i = 0; i < 1000; ++i) pings += "\x89\x7d" + std::string(125, '.');
  std::atomic<int> sent{0};
  const RawServer server([&](Peer& peer) {
    upgrade(peer, peer.read_request());
    peer.write(port_names());
    while (peer.write(pings)) ++sent;
  });
  auto stream = PortForward(connection_to(server.url())).dial(kTarget, soon());
  for (int before = -1; before != sent;) {
    before = sent;
    std::this_thread::sleep_for(300ms);
  }
  stream.reset();
}

TEST(PortForward, WhoMayNotIsToldTheVerbAndTheResource) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("403 Forbidden", "application/json",
                R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden",)"
                R"("message":"pods \"shop-1\" is forbidden: User \"ann\" cannot get","code":403})");
  });
  const auto error = error_of(server.url());
  EXPECT_EQ(error.kind(), ErrorKind::not_allowed);
  EXPECT_THAT(error.what(), HasSubstr("may not get pods/portforward of pod \"shop-1\""));
  EXPECT_THAT(error.hint(),
              HasSubstr(R"(resources: ["pods/portforward"], verbs: ["get", "create"])"));
}

TEST(PortForward, ARefusalWhoseBodyDoesNotEndIsStillARefusal) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 403 Forbidden\r\nContent-Type: text/plain\r\n\r\nno");
    peer.wait_for_end();
  });
  const auto error = error_of(server.url(), 300ms);
  EXPECT_EQ(error.kind(), ErrorKind::not_allowed) << error.what();
}

TEST(PortForward, WhoMayNotCreateIsToldThatVerb) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("403 Forbidden", "application/json",
                R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden",)"
                R"("message":"pods \"shop-1\" is forbidden: User \"ann\" cannot create resource )"
                R"(\"pods/portforward\" in API group \"\" in the namespace \"demo\"","code":403})");
  });
  EXPECT_THAT(error_of(server.url()).what(),
              HasSubstr("user \"ann\" may not create pods/portforward of pod \"shop-1\""));
}

TEST(PortForward, AServerThatUpgradesToSomethingElseIsRefused) {
  const RawServer other(
      [](Peer& peer) { upgrade(peer, peer.read_request(), "v5.channel.k8s.io"); });
  EXPECT_THAT(error_of(other.url()).what(), HasSubstr("speaks \"v5.channel.k8s.io\" instead of"));
  const RawServer wrong([](Peer& peer) {
    upgrade(peer, "\r\nSec-WebSocket-Key: another\r\n" + peer.read_request());
  });
  EXPECT_THAT(error_of(wrong.url()).what(), HasSubstr("Sec-WebSocket-Accept"));
  const RawServer none([](Peer& peer) {
    peer.read_request();
    peer.write("SSH-2.0-OpenSSH\r\n\r\n");
  });
  EXPECT_THAT(error_of(none.url()).what(), HasSubstr("does not answer in HTTP/1"));
}

TEST(PortForward, AServerThatSaysNothingOfUseIsGivenUp) {
  const auto said_about = [](const RawServer::Script& script) {
    const RawServer server(script);
    const auto error = error_of(server.url(), 300ms);
    return std::string(error.what());
  };
  EXPECT_THAT(said_about([](Peer& peer) { peer.wait_for_end(); }),
              HasSubstr("did not answer in time for a port-forward"));
  EXPECT_THAT(said_about([](Peer& peer) { peer.read_request(); }),
              HasSubstr("broke off before the port-forward began"));
  EXPECT_THAT(said_about([](Peer& peer) {
                peer.read_request();
                peer.write("HTTP/1.1 101 Switching Protocols\r\n");
                while (peer.write("X-More: " + std::string(1000, 'x') + "\r\n")) {
                }
              }),
              HasSubstr("sends headers without end"));
}

TEST(PortForward, ATokenThatComesBackIsNotShown) {
  const RawServer refusing([](Peer& peer) {
    peer.read_request();
    peer.answer("403 Forbidden", "application/json",
                R"({"kind":"Status","apiVersion":"v1","message":"no s3cret, no \u00733cret"})");
  });
  EXPECT_THAT(error_of(refusing.url()).what(), HasSubstr(": no <masked>, no <masked>"));
  const RawServer ending([](Peer& peer) {
    upgrade(peer, peer.read_request());
    peer.write(port_names() + channel_message(1, "it was refused to s3cret"));
    peer.wait_for_end();
  });
  const auto stream = PortForward(connection_to(ending.url())).dial(kTarget, soon());
  EXPECT_EQ(read_to_end(*stream), "");
  EXPECT_EQ(stream->reason(), "it was refused to <masked>");
}

TEST(PortForward, ATokenThatComesBackInAHeaderIsNotShownEither) {
  const RawServer speaking(
      [](Peer& peer) { upgrade(peer, peer.read_request(), "s3cret " + std::string(9000, 'x')); });
  const std::string sentence = error_of(speaking.url()).what();
  EXPECT_THAT(sentence, HasSubstr("it speaks \"<masked> x"));
  EXPECT_LT(sentence.size(), 1000);
  const RawServer elsewhere([](Peer& peer) {
    peer.read_request();
    peer.answer("302 Found", "text/html", "", "Location: https://s3cret.example/\r\n");
  });
  EXPECT_THAT(error_of(elsewhere.url()).what(), HasSubstr("https://<masked>.example"));
}

TEST(PortForward, AServerThatNeverEndsTheHandshakeOfTlsIsGivenUpAfterTheTimeThatIsSaid) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  const std::string url = "https" + server.url().substr(4);
  EXPECT_THAT(error_of(url, 400ms).what(),
              testing::ContainsRegex("no connection within (400|39[0-9]|3[0-8][0-9]) ms"));
}

TEST(PortForward, AServerThatIsNotThereIsUnreachable) {
  const auto error = error_of("http://127.0.0.1:1");
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("127.0.0.1:1"));
}

TEST(PortForward, APodThatIsGoneIsNotFound) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    peer.answer("404 Not Found", "application/json",
                R"({"kind":"Status","apiVersion":"v1","status":"Failure","reason":"NotFound",)"
                R"("message":"pods \"shop-1\" not found","details":{"name":"shop-1",)"
                R"("kind":"pods"},"code":404})");
  });
  const auto error = error_of(server.url());
  EXPECT_EQ(error.kind(), ErrorKind::not_found);
  EXPECT_STREQ(error.what(), "pod \"shop-1\" not found in namespace \"demo\"");
}

TEST(PortForward, ATokenIsNotSentOverPlainHttpToAnotherMachine) {
  const auto error = error_of("http://192.0.2.1:8080");
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("the token is not sent to 192.0.2.1:8080 over plain http"));
}

}  // namespace
}  // namespace podreg::k8s
