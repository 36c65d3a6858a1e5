#include "k8s/port_forward.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>

#include "core/error.h"
#include "k8s/pem.h"
#include "tests/support/raw_server.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using tests::Peer;
using tests::RawServer;
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

core::Error error_of(const std::string& server) {
  try {
    PortForward(connection_to(server)).dial(kTarget, soon());
  } catch (const core::Error& error) {
    return error;
  }
  return {ErrorKind::output, "no error"};
}

std::string header_of(const std::string& request, const std::string& name) {
  const auto begin = request.find("\r\n" + name + ": ") + name.size() + 4;
  return request.substr(begin, request.find("\r\n", begin) - begin);
}

void upgrade(Peer& peer, const std::string& request,
             const std::string& protocol = "v4.channel.k8s.io") {
  const std::string text =
      header_of(request, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, 20> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
  peer.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " +
      encode_base64({digest.begin(), digest.end()}) + "\r\nSec-WebSocket-Protocol: " + protocol +
      "\r\n\r\n");
}

// A binary frame of a server, shorter than 126 bytes.
std::string frame(const std::string& payload) {
  return "\x82"s + static_cast<char>(payload.size()) + payload;
}

// What names the port on both channels.
std::string beginnings() { return frame("\0\x90\x51"s) + frame("\1\x90\x51"s); }

// The payload of a client's frame, unmasked.
std::string read_frame(Peer& peer) {
  const std::string head = peer.read_exactly(6);
  const auto size = static_cast<std::size_t>(head.at(1) & 0x7f);
  std::string payload = peer.read_exactly(size);
  for (std::size_t i = 0; i < size; ++i) {
    payload[i] = static_cast<char>(payload[i] ^ head[2 + i % 4]);
  }
  return payload;
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
    peer.write(beginnings() + frame("\0hel"s));
    sent = read_frame(peer);
    peer.write(frame("\0lo"s) + frame("\1it was refused"s));
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
    peer.write(beginnings());
    peer.wait_for_end();
  });
  EXPECT_GE(PortForward(connection_to(server.url())).dial(kTarget, soon())->descriptor(), 0);
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
  EXPECT_THAT(error.what(), HasSubstr("may not get port-forward of pod \"shop-1\""));
  EXPECT_THAT(error.hint(),
              HasSubstr(R"(resources: ["pods/portforward"], verbs: ["get", "create"])"));
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

TEST(PortForward, ATokenIsNotSentOverPlainHttpToAnotherMachine) {
  const auto error = error_of("http://192.0.2.1:8080");
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("the token is not sent to 192.0.2.1:8080 over plain http"));
}

}  // namespace
}  // namespace podreg::k8s
