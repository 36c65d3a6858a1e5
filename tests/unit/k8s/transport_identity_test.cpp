#include <gmock/gmock.h>

#include <cstdlib>

#include "core/error.h"
#include "k8s/transport.h"
#include "tests/unit/k8s/transport_calls.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using tests::Peer;
using tests::RawServer;

TEST(Transport, ATokenIsNotSentOverPlainHttpToAnotherMachine) {
  Connection connection;
  connection.server = "http://192.0.2.1:8080";
  connection.user = "tester";
  connection.credentials = bearer_token("s3cret");
  Transport transport(connection);
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), AllOf(HasSubstr("192.0.2.1:8080"), HasSubstr("plain http"),
                                  Not(HasSubstr("s3cret"))));
}

TEST(Transport, APasswordIsNotSentOverPlainHttpToAnotherMachineNorThroughAProxy) {
  const RawServer proxy([](Peer&) { ADD_FAILURE() << "somebody came"; });
  Credentials credentials;
  credentials.username = "ann";
  credentials.password = "s3cret";
  Connection connection;
  connection.server = "http://192.0.2.1:8080";
  connection.credentials = std::make_shared<FixedCredentials>(credentials);
  Transport away(connection);
  EXPECT_THAT(error_of(away).what(),
              AllOf(HasSubstr("password"), HasSubstr("plain http"), Not(HasSubstr("s3cret"))));
  connection.server = "http://127.0.0.1:8080";
  connection.proxy_url = proxy.url();
  Transport through_proxy(connection);
  EXPECT_THAT(error_of(through_proxy).what(), HasSubstr("plain http"));
}

// What a request with these credentials looks like at the server.
std::string request_of(const Credentials& credentials, const Impersonation& impersonation = {}) {
  std::string seen;
  const RawServer server([&](Peer& peer) {
    seen = peer.read_request();
    peer.answer("200 OK", "text/plain", "");
  });
  Connection connection = connection_to(server);
  connection.credentials = std::make_shared<FixedCredentials>(credentials);
  connection.impersonation = impersonation;
  Transport transport(connection);
  transport.start({"/"})->status();
  return seen;
}

TEST(Transport, UserNameAndPasswordAreSentWithTheFirstRequest) {
  Credentials credentials;
  credentials.username = "user";
  credentials.password = "pass:word";
  EXPECT_THAT(request_of(credentials),
              HasSubstr("\r\nAuthorization: Basic dXNlcjpwYXNzOndvcmQ=\r\n"));
  credentials.username = "";
  credentials.password = "pass";
  EXPECT_THAT(request_of(credentials), HasSubstr("\r\nAuthorization: Basic OnBhc3M=\r\n"));
}

TEST(Transport, ATokenIsSentInsteadOfAPassword) {
  Credentials credentials;
  credentials.token = "abc";
  credentials.username = "user";
  const auto request = request_of(credentials);
  EXPECT_THAT(request, HasSubstr("\r\nAuthorization: Bearer abc\r\n"));
  EXPECT_THAT(request, Not(HasSubstr("Basic")));
}

TEST(Transport, ImpersonationIsSentAsHeaders) {
  Impersonation impersonation;
  impersonation.user = "jane";
  impersonation.uid = "1";
  impersonation.groups = {"dev", "ops"};
  impersonation.extra = {{"example.com/a", {"x"}}};
  EXPECT_THAT(request_of({}, impersonation),
              HasSubstr("\r\nImpersonate-User: jane\r\nImpersonate-Uid: 1\r\n"
                        "Impersonate-Group: dev\r\nImpersonate-Group: ops\r\n"
                        "Impersonate-Extra-example.com%2Fa: x\r\n"));
}

TEST(Transport, AProxyThatIsNamedServesThisMachineTooWhateverNoProxySays) {
  std::string seen;
  const RawServer proxy([&](Peer& peer) {
    seen = peer.read_request();
    peer.answer("200 OK", "text/plain", "");
  });
  Connection connection;
  connection.server = "http://127.0.0.1:1";
  connection.proxy_url = "http://ann:pass@" + proxy.url().substr(7);
  ::setenv("no_proxy", "*", 1);
  Transport transport(connection);
  EXPECT_EQ(transport.start({"/x"})->status(), 200);
  ::unsetenv("no_proxy");
  EXPECT_THAT(seen, HasSubstr("GET http://127.0.0.1:1/x HTTP/1.1\r\n"));
  EXPECT_THAT(seen, HasSubstr("\r\nProxy-Authorization: Basic YW5uOnBhc3M=\r\n"));
}

TEST(Transport, ImpersonationIsNotShownToAProxyThatOnlyConnects) {
  std::string seen;
  const RawServer proxy([&](Peer& peer) {
    seen = peer.read_request();
    peer.answer("407 Proxy Authentication Required", "text/plain", "");
  });
  Connection connection;
  connection.server = "https://192.0.2.1:6443";
  connection.origin = "the test";
  connection.proxy_url = proxy.url();
  connection.credentials = bearer_token("s3cret");
  connection.impersonation.user = "jane";
  Transport transport(connection);
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::unreachable);
  EXPECT_THAT(error.what(), HasSubstr("the proxy " + proxy.url() + " refuses: "));
  EXPECT_THAT(seen, AllOf(HasSubstr("CONNECT 192.0.2.1:6443 HTTP/1.1\r\n"),
                          Not(HasSubstr("s3cret")), Not(HasSubstr("jane"))));
}

TEST(Transport, ATokenIsSentOverPlainHttpWhenThatIsAllowed) {
  const RawServer proxy([](Peer& peer) {
    const auto request = peer.read_request();
    peer.answer("200 OK", "text/plain",
                request.find("Bearer s3cret") == std::string::npos ? "no token" : "token");
  });
  Connection connection;
  connection.server = "http://192.0.2.1:8080";
  connection.proxy_url = proxy.url();
  connection.credentials = bearer_token("s3cret");
  TransportOptions options;
  options.allow_plaintext_token = true;
  Transport transport(connection, std::move(options));
  EXPECT_EQ(read_all(*transport.start({"/"})), "token");
}

TEST(Transport, ATokenWithALineBreakIsNotSent) {
  const RawServer server([](Peer&) { ADD_FAILURE() << "somebody came"; });
  Connection connection = connection_to(server);
  connection.credentials = bearer_token("s3cret\r\nImpersonate-User: admin");
  Transport transport(connection);
  const auto error = error_of(transport);
  EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
  EXPECT_THAT(error.what(), Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace podreg::k8s
