#include <gmock/gmock.h>

#include <atomic>
#include <thread>

#include "core/error.h"
#include "k8s/transport.h"
#include "tests/support/http2_peer.h"
#include "tests/unit/k8s/transport_calls.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using std::chrono::milliseconds;
using testing::HasSubstr;
using tests::Http2Peer;
using tests::make_identity;
using tests::Peer;
using tests::RawServer;
using tests::TlsIdentity;

Connection connection_to(const RawServer& server, const std::string& authority) {
  Connection connection;
  connection.server = server.url();
  connection.ca_pem = authority;
  connection.origin = "context x";
  connection.user = "tester";
  return connection;
}

std::shared_ptr<CredentialSource> client_certificate(std::string certificate, std::string key) {
  Credentials credentials;
  credentials.client_cert_pem = std::move(certificate);
  credentials.client_key_pem = std::move(key);
  return std::make_shared<FixedCredentials>(std::move(credentials));
}

core::Error error_of(const Connection& connection, Timeouts timeouts = {}) {
  tests::FakeClock clock;
  Transport transport(connection, quick(clock, timeouts));
  return error_of(transport);
}

void say_hello(Peer& peer) {
  while (!peer.read_request().empty()) peer.answer("200 OK", "text/plain", "hello");
}

TEST(TransportTls, AServerWhoseAuthorityIsGivenIsTrusted) {
  const auto identity = make_identity();
  const RawServer server(say_hello, identity);
  Transport transport(connection_to(server, identity.certificate));
  EXPECT_EQ(read_all(*transport.start({"/"})), "hello");
}

TEST(TransportTls, AnotherAuthorityIsNotEnough) {
  const RawServer server(say_hello, make_identity());
  const auto error = error_of(connection_to(server, make_identity().certificate));
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_EQ(error.what(), "the certificate of the API server at " + server.authority() +
                              " is not accepted: it is signed by an authority that context x does "
                              "not know");
  EXPECT_THAT(error.hint(), HasSubstr("--certificate-authority"));
}

TEST(TransportTls, TheSystemsAuthoritiesAreNotEnough) {
  const RawServer server(say_hello, make_identity());
  EXPECT_THAT(error_of(connection_to(server, "")).what(),
              HasSubstr("an authority that this machine does not know"));
}

TEST(TransportTls, ACertificateForAnotherNameIsNotAccepted) {
  tests::IdentityOptions options;
  options.names = "DNS:kubernetes,IP:10.96.0.1";
  const auto identity = make_identity(options);
  const RawServer server(say_hello, identity);
  const auto error = error_of(connection_to(server, identity.certificate));
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("it is not for the name \"127.0.0.1\""));
  EXPECT_THAT(error.hint(), HasSubstr("--tls-server-name"));
}

TEST(TransportTls, TheTlsServerNameIsVerifiedAndAskedForWhileTheHostHeaderStays) {
  tests::IdentityOptions options;
  options.names = "DNS:kubernetes";
  const auto identity = make_identity(options);
  std::string name;
  std::string request;
  const RawServer server(
      [&](Peer& peer) {
        name = peer.server_name();
        request = peer.read_request();
        peer.answer("200 OK", "text/plain", "hello");
      },
      identity);
  Connection connection = connection_to(server, identity.certificate);
  connection.tls_server_name = "kubernetes";
  std::string url;
  {
    TransportOptions observed;
    observed.observer = [&](const Exchange& exchange) { url = exchange.url; };
    Transport transport(connection, std::move(observed));
    EXPECT_EQ(read_all(*transport.start({"/x"})), "hello");
  }
  EXPECT_EQ(name, "kubernetes");
  EXPECT_THAT(request, HasSubstr("\r\nHost: " + server.authority() + "\r\n"));
  EXPECT_EQ(url, server.url() + "/x");

  connection.tls_server_name = "another";
  EXPECT_THAT(error_of(connection).what(), HasSubstr("it is not for the name \"another\""));
}

TEST(TransportTls, AnExpiredCertificateIsNotAccepted) {
  tests::IdentityOptions options;
  options.valid_from = -7200;
  options.valid_until = -3600;
  const auto identity = make_identity(options);
  const RawServer server(say_hello, identity);
  EXPECT_THAT(error_of(connection_to(server, identity.certificate)).what(),
              HasSubstr("is not accepted: it has expired"));
}

TEST(TransportTls, ACertificateOfTheFutureIsNotAccepted) {
  tests::IdentityOptions options;
  options.valid_from = 3600;
  options.valid_until = 7200;
  const auto identity = make_identity(options);
  const RawServer server(say_hello, identity);
  EXPECT_THAT(error_of(connection_to(server, identity.certificate)).what(),
              HasSubstr("is not accepted: it is not valid yet"));
}

TEST(TransportTls, NothingIsVerifiedWhenToldSo) {
  const RawServer server(say_hello, make_identity());
  Connection connection = connection_to(server, "");
  connection.insecure_skip_tls_verify = true;
  Transport transport(connection);
  EXPECT_EQ(read_all(*transport.start({"/"})), "hello");
}

TEST(TransportTls, TheClientsCertificateIsShown) {
  const auto identity = make_identity();
  tests::IdentityOptions options;
  options.common_name = "alice";
  const auto alice = make_identity(options);
  std::string name;
  const RawServer server(
      [&](Peer& peer) {
        name = peer.client_name();
        say_hello(peer);
      },
      identity);
  Connection connection = connection_to(server, identity.certificate);
  connection.credentials = client_certificate(alice.certificate, alice.key);
  {
    Transport transport(connection);
    EXPECT_EQ(read_all(*transport.start({"/"})), "hello");
  }
  EXPECT_EQ(name, "alice");
}

TEST(TransportTls, AClientCertificateThatIsNoneOrHasAnotherKeyIsInvalid) {
  const auto identity = make_identity();
  const RawServer server(say_hello, identity);
  Connection connection = connection_to(server, identity.certificate);
  connection.credentials = client_certificate("not PEM", identity.key);
  auto error = error_of(connection);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("the client certificate or key of user \"tester\""));

  connection.credentials = client_certificate(make_identity().certificate, identity.key);
  error = error_of(connection);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), HasSubstr("the client certificate or key of user \"tester\""));
}

TEST(TransportTls, AnAuthorityThatIsNoneIsInvalid) {
  const RawServer server(say_hello, make_identity());
  const auto error = error_of(connection_to(server, "not PEM"));
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_EQ(std::string(error.what()), "the certificate authority of context x cannot be read");
}

TEST(TransportTls, AServerWithoutTlsIsUnreachable) {
  const RawServer server([](Peer& peer) {
    peer.read_some(10);
    peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  Connection connection = connection_to(server, "");
  connection.server = "https://" + server.authority();
  const auto error = error_of(connection);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("no TLS connection to " + server.authority()));
}

TEST(TransportTls, AServerThatNeverFinishesTheHandshakeIsGivenUp) {
  const RawServer server([](Peer& peer) { peer.wait_for_end(); });
  Connection connection = connection_to(server, "");
  connection.server = "https://" + server.authority();
  Timeouts timeouts;
  timeouts.connect = milliseconds(100);
  const auto error = error_of(connection, timeouts);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("cannot be reached: no connection within 100 ms"));
}

TEST(TransportTls, RequestsAreUnderWayTogetherWithoutHttp2Too) {
  const auto identity = make_identity();
  std::atomic<int> arrived{0};
  const RawServer server(
      [&](Peer& peer) {
        peer.read_request();
        ++arrived;
        while (arrived < 2) std::this_thread::sleep_for(milliseconds(1));
        peer.answer("200 OK", "text/plain", "x");
      },
      identity);
  Transport transport(connection_to(server, identity.certificate));
  const auto first = transport.start({"/1"});
  const auto second = transport.start({"/2"});
  EXPECT_EQ(read_all(*first), "x");
  EXPECT_EQ(read_all(*second), "x");
}

// A server that speaks HTTP/2, and its certificate.
struct Http2Server {
  explicit Http2Server(std::function<void(Http2Peer&)> script)
      : server(
            [script = std::move(script)](Peer& peer) {
              Http2Peer http2(peer);
              script(http2);
              peer.wait_for_end();
            },
            identity, true) {}

  Connection connection() const { return connection_to(server, identity.certificate); }

  TlsIdentity identity = make_identity();
  RawServer server;
};

TEST(TransportHttp2, APatchThatBreaksOffIsNotSentAgain) {
  const auto identity = make_identity();
  std::atomic<int> patches{0};
  const RawServer server(
      [&](Peer& peer) {
        Http2Peer http2(peer);
        http2.wait_for_request(1);
        http2.headers(1, "text/plain");
        http2.data(1, "x", true);
        if (http2.wait_for_request(3)) ++patches;
        peer.read_some(4096);  // the body
      },
      identity, true);
  Transport transport(connection_to(server, identity.certificate));
  EXPECT_EQ(read_all(*transport.start({"/"})), "x");
  const auto patch = transport.start({"/", "*/*", "PATCH", "text/plain", "[]"});
  EXPECT_THROW(patch->status(), core::Error);
  EXPECT_EQ(patches, 1);
  EXPECT_EQ(server.connections(), 1);
}

TEST(TransportHttp2, RequestsShareOneConnectionAndAreAnsweredInAnyOrder) {
  const Http2Server server([](Http2Peer& http2) {
    http2.wait_for_request(1);
    http2.wait_for_request(3);
    http2.headers(3, "text/plain");
    http2.data(3, "second", true);
    http2.headers(1, "text/plain");
    http2.data(1, "first", true);
  });
  Transport transport(server.connection());
  const auto first = transport.start({"/1"});
  const auto second = transport.start({"/2"});
  EXPECT_EQ(read_all(*first), "first");
  EXPECT_EQ(second->status(), 200);
  EXPECT_EQ(second->header("Content-Type"), "text/plain");
  EXPECT_EQ(read_all(*second), "second");
  EXPECT_EQ(server.server.connections(), 1);
}

TEST(TransportHttp2, ALargeAnswerThatNobodyReadsDoesNotHoldUpAnother) {
  const std::string large(5'000'000, 'x');
  const Http2Server server([&](Http2Peer& http2) {
    http2.wait_for_request(1);
    http2.wait_for_request(3);
    http2.headers(3, "text/plain");
    http2.data(3, large, true);
    http2.headers(1, "text/plain");
    http2.data(1, large, true);
  });
  Transport transport(server.connection(), {Timeouts::within(milliseconds(20'000))});
  const auto first = transport.start({"/1"});
  const auto second = transport.start({"/2"});
  EXPECT_EQ(read_all(*first).size(), large.size());
  EXPECT_EQ(read_all(*second).size(), large.size());
}

TEST(TransportHttp2, AStreamThatIsResetIsAnError) {
  const Http2Server server([](Http2Peer& http2) {
    http2.wait_for_request(1);
    http2.headers(1, "text/plain");
    http2.data(1, "some", false);
    http2.reset_stream(1, 2);
  });
  const auto error = error_of(server.connection());
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("broke off in the middle of its answer"));
}

TEST(TransportHttp2, GoingAwayFinishesWhatIsUnderWay) {
  const Http2Server server([](Http2Peer& http2) {
    http2.wait_for_request(1);
    http2.headers(1, "text/plain");
    http2.data(1, "all of ", false);
    http2.go_away(1);
    http2.data(1, "it", true);
  });
  Transport transport(server.connection());
  EXPECT_EQ(read_all(*transport.start({"/"})), "all of it");
}

}  // namespace
}  // namespace podreg::k8s
