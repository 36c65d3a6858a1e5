// Nothing that is shown of requests holds a secret: what -vvv prints and errors.
#include <gmock/gmock.h>

#include "core/error.h"
#include "k8s/api_cluster.h"
#include "k8s/response.h"
#include "k8s/transport.h"
#include "tests/support/fake_clock.h"
#include "tests/support/turns_server.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using tests::answering;
using tests::Peer;
using tests::TurnsServer;

std::string everything_of(const Exchange& exchange) {
  std::string all = exchange.method + exchange.url + exchange.sent.type + exchange.sent.beginning +
                    exchange.received.type + exchange.received.beginning;
  for (const auto& header : exchange.request_headers) all += "\n" + header;
  for (const auto& header : exchange.response_headers) all += "\n" + header;
  return all;
}

class TransportSecretsTest : public testing::Test {
 protected:
  TransportSecretsTest() {
    options_.clock = &clock_;
    options_.detail = Detail::bodies;
    options_.observer = [this](const Exchange& exchange) { seen_.push_back(exchange); };
    Credentials credentials;
    credentials.token = "s3cret";
    connection_.credentials = std::make_shared<FixedCredentials>(credentials);
  }

  void ask(const TurnsServer& server, Request request) {
    connection_.server = server.url();
    const TransportOptions& transport_options = options_;
    Transport transport(connection_, transport_options);
    transport.start(std::move(request))->read_up_to(100'000);
  }

  tests::FakeClock clock_;
  ApiOptions options_;
  Connection connection_;
  std::vector<Exchange> seen_;
};

TEST_F(TransportSecretsTest, HeadersAndBodiesAreShownWithoutThem) {
  const TurnsServer server(
      {answering("200 OK", R"({"token":"s3cret","echo":"Bearer s3cret","kind":"X"})",
                 "Set-Cookie: s3cret\r\nX-Echo: s3cret\r\nLocation: http://u:s3cret@h/\r\n",
                 "application/json")});
  ask(server, {"/a?access_token=s3cret", "application/json", "PATCH", "application/json-patch+json",
               R"([{"password":"s3cret","value":"shown"}])"});
  ASSERT_EQ(seen_.size(), 1U);
  const auto& exchange = seen_.front();
  EXPECT_THAT(everything_of(exchange), Not(HasSubstr("s3cret")));
  EXPECT_THAT(exchange.request_headers, Contains("Authorization: <masked>"));
  EXPECT_THAT(exchange.request_headers, Contains("PATCH /a?access_token=<masked> HTTP/1.1"));
  EXPECT_THAT(exchange.response_headers, Contains("Set-Cookie: <masked>"));
  EXPECT_THAT(exchange.response_headers, Contains("X-Echo: <masked>"));
  EXPECT_EQ(exchange.sent.beginning, R"([{"password":"<masked>","value":"shown"}])");
  EXPECT_EQ(exchange.received.beginning,
            R"({"token":"<masked>","echo":"Bearer <masked>","kind":"X"})");
}

TEST_F(TransportSecretsTest, ASecretAtTheEndOfWhatIsShownIsMaskedAsAWhole) {
  const std::string body = std::string(kShownBody - 3, 'x') + "s3cret";
  const TurnsServer server({answering("200 OK", body)});
  ask(server, {"/"});
  EXPECT_EQ(seen_.at(0).received.size, body.size());
  EXPECT_EQ(seen_.at(0).received.beginning.size(), kShownBody);
  EXPECT_THAT(seen_.at(0).received.beginning, Not(HasSubstr("s3c")));
}

TEST_F(TransportSecretsTest, OnlyWhatIsWantedIsKept) {
  const TurnsServer server({answering("200 OK", "a"), answering("200 OK", "b")});
  options_.detail = Detail::line;
  ask(server, {"/"});
  EXPECT_TRUE(seen_.at(0).request_headers.empty());
  EXPECT_TRUE(seen_.at(0).response_headers.empty());
  options_.detail = Detail::headers;
  ask(server, {"/"});
  EXPECT_FALSE(seen_.at(1).request_headers.empty());
  EXPECT_EQ(seen_.at(1).received.beginning, "");
}

TEST_F(TransportSecretsTest, WhatIsNoTextIsOnlyDescribed) {
  const TurnsServer server(
      {answering("200 OK", "k8s", "", "application/vnd.kubernetes.protobuf;as=X")});
  ask(server, {"/"});
  EXPECT_EQ(seen_.at(0).received.type, "application/vnd.kubernetes.protobuf");
  EXPECT_EQ(seen_.at(0).received.size, 3U);
  EXPECT_FALSE(seen_.at(0).received.is_text);
}

TEST_F(TransportSecretsTest, AServerThatRepeatsTheTokenInAnErrorDoesNotShowIt) {
  const TurnsServer server({answering("418 Teapot", "you sent Bearer s3cret")});
  connection_.server = server.url();
  ApiCluster cluster(connection_, options_);
  const auto error = tests::caught([&] { cluster.pod("demo", "p"); });
  EXPECT_THAT(error.message, HasSubstr("418: you sent Bearer <masked>"));
}

// JSON may write a character in several ways.
TEST_F(TransportSecretsTest, ATokenThatComesBackInAnotherSpellingIsNotShownEither) {
  const std::string status =
      R"({"kind":"Status","apiVersion":"v1","message":"you sent \u0073\u0033cret","code":418})";
  const TurnsServer server({answering("418 Teapot", status, "", "application/json")});
  connection_.server = server.url();
  ApiCluster cluster(connection_, options_);
  const auto error = tests::caught([&] { cluster.pod("demo", "p"); });
  EXPECT_THAT(error.message, HasSubstr("418: you sent <masked>"));
  EXPECT_THAT(seen_.at(0).received.beginning, HasSubstr(R"("message":"<masked>")"));
}

TEST_F(TransportSecretsTest, AnotherHostSeesNeitherTokenNorRequest) {
  const tests::RawServer other([](Peer&) { ADD_FAILURE() << "somebody came"; });
  const TurnsServer server(
      {answering("307 Temporary Redirect", "", "Location: " + other.url() + "/?t=s3cret\r\n")});
  connection_.server = server.url();
  ApiCluster cluster(connection_, options_);
  const auto error = tests::caught([&] { cluster.pod("demo", "p"); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("a redirect to"));
  EXPECT_THAT(error.message, Not(HasSubstr("s3cret")));
  EXPECT_EQ(other.connections(), 0);
}

// It may hold a session, and without a host it tells little.
TEST_F(TransportSecretsTest, ThePathOfARedirectIsNotShown) {
  const auto redirect = [](const std::string& where) {
    return answering("302 Found", "", "Location: " + where + "\r\n");
  };
  const TurnsServer server({redirect("/session/s3ss10n"), redirect("https://h:1/session/s3ss10n")});
  connection_.server = server.url();
  ApiCluster cluster(connection_, options_);
  EXPECT_THAT(tests::caught([&] { cluster.pod("demo", "p"); }).message,
              HasSubstr("answered 302, a redirect to another place there, which is not followed"));
  EXPECT_THAT(tests::caught([&] { cluster.pod("demo", "p"); }).message,
              HasSubstr("a redirect to \"https://h:1\", which"));
}

TEST_F(TransportSecretsTest, APasswordIsNeverShownEither) {
  Credentials credentials;
  credentials.username = "ann";
  credentials.password = "s3cret";
  connection_.credentials = std::make_shared<FixedCredentials>(credentials);
  const TurnsServer server({answering("200 OK", "your password is s3cret")});
  ask(server, {"/"});
  EXPECT_THAT(server.requests().at(0), HasSubstr("Authorization: Basic "));
  EXPECT_THAT(seen_.at(0).request_headers, Contains("Authorization: <masked>"));
  EXPECT_THAT(everything_of(seen_.at(0)), Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace podreg::k8s
