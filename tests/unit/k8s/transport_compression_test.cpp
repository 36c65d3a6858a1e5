#include <gmock/gmock.h>

#include "core/error.h"
#include "k8s/api_cluster.h"
#include "k8s/response.h"
#include "k8s/transport.h"
#include "tests/support/fake_clock.h"
#include "tests/support/gzip.h"
#include "tests/support/turns_server.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using testing::Not;
using tests::answering;
using tests::breaking_off_after;
using tests::gzip;
using tests::TurnsServer;

constexpr const char* kGzipped = "Content-Encoding: gzip\r\n";

std::string read_all(Response& response) {
  std::string body;
  for (auto piece = response.next(); !piece.empty(); piece = response.next()) body += piece;
  return body;
}

class TransportCompressionTest : public testing::Test {
 protected:
  std::string ask(const TurnsServer& server, Compression compression, Request request = {"/"}) {
    connection_.server = server.url();
    TransportOptions options;
    options.compression = compression;
    options.clock = &clock_;
    options.observer = [this](const Exchange& exchange) { seen_ = exchange; };
    Transport transport(connection_, std::move(options));
    return read_all(*transport.start(std::move(request)));
  }

  Connection connection_;
  tests::FakeClock clock_;
  Exchange seen_;
};

TEST_F(TransportCompressionTest, IsAskedForWhenItIsOnAndThenUndone) {
  const std::string text(300'000, 'x');
  const TurnsServer server({answering("200 OK", gzip(text), kGzipped)});
  EXPECT_EQ(ask(server, Compression::on), text);
  EXPECT_THAT(server.requests().front(), HasSubstr("\r\nAccept-Encoding: gzip\r\n"));
  EXPECT_EQ(seen_.bytes, text.size());
  EXPECT_EQ(seen_.wire_bytes, gzip(text).size());
}

TEST_F(TransportCompressionTest, IsNotAskedForWhenItIsOffOrTheServerIsNear) {
  for (const auto mode : {Compression::off, Compression::automatic}) {
    const TurnsServer server({answering("200 OK", "plain")});
    EXPECT_EQ(ask(server, mode), "plain");
    EXPECT_THAT(server.requests().front(), Not(HasSubstr("Accept-Encoding")));
  }
}

TEST_F(TransportCompressionTest, IsAskedForBehindAProxyUnlessTheKubeconfigDisablesIt) {
  const TurnsServer proxy({answering("200 OK", "1"), answering("200 OK", "2")});
  const TurnsServer server({});
  connection_.proxy_url = proxy.url();
  ask(server, Compression::automatic);
  EXPECT_THAT(proxy.requests().at(0), HasSubstr("\r\nAccept-Encoding: gzip\r\n"));
  connection_.disable_compression = true;
  ask(server, Compression::automatic);
  EXPECT_THAT(proxy.requests().at(1), Not(HasSubstr("Accept-Encoding")));
}

TEST_F(TransportCompressionTest, AFlagOverridesTheKubeconfig) {
  const TurnsServer server({answering("200 OK", "plain")});
  connection_.disable_compression = true;
  ask(server, Compression::on);
  EXPECT_THAT(server.requests().front(), HasSubstr("\r\nAccept-Encoding: gzip\r\n"));
}

TEST_F(TransportCompressionTest, ABombIsGivenUp) {
  const std::string bomb = gzip(std::string(32U << 20U, ' '));
  ASSERT_LT(bomb.size(), 200'000U);
  const TurnsServer server({answering("200 OK", bomb, kGzipped)});
  const auto error = tests::caught([&] { ask(server, Compression::on); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("is larger than 16 MiB"));
}

TEST_F(TransportCompressionTest, ALargeAnswerThatNobodyReadsIsReadWholeLater) {
  std::string text;
  for (unsigned i = 0; text.size() < 8'000'000; ++i) text += std::to_string(i * 7919);
  const TurnsServer server(
      {answering("200 OK", gzip(text), kGzipped), answering("200 OK", "small")});
  connection_.server = server.url();
  TransportOptions options;
  options.compression = Compression::on;
  Transport transport(connection_, std::move(options));
  const auto unread = transport.start({"/large"});
  EXPECT_EQ(unread->status(), 200);
  EXPECT_EQ(read_all(*transport.start({"/small"})), "small");
  EXPECT_EQ(read_all(*unread), text);
}

TEST_F(TransportCompressionTest, WhatIsCutShortOrNoGzipIsAnError) {
  const std::string whole = gzip(std::string(100'000, 'x'));
  const auto half = breaking_off_after(
      "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " +
      std::to_string(whole.size()) + "\r\n\r\n" + whole.substr(0, whole.size() / 2));
  const TurnsServer cut({half});
  EXPECT_EQ(tests::caught([&] { ask(cut, Compression::on); }).kind, ErrorKind::unreachable);
  const TurnsServer none({answering("200 OK", "no gzip at all", kGzipped)});
  EXPECT_EQ(tests::caught([&] { ask(none, Compression::on); }).kind, ErrorKind::invalid_data);
}

}  // namespace
}  // namespace podreg::k8s
