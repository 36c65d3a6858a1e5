#include <fmt/format.h>
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

TurnsServer::Turn in_chunks(const std::string& compressed) {
  return [compressed](tests::Peer& peer) {
    peer.write(std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n") + kGzipped +
               fmt::format("\r\n{:x}\r\n{}\r\n0\r\n\r\n", compressed.size(), compressed));
    return true;
  };
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
  const std::string bomb = gzip(std::string(32U << 20U, ' '), Z_RLE);
  ASSERT_LT(bomb.size(), 200'000U);
  const TurnsServer server({answering("200 OK", bomb, kGzipped)});
  const auto error = tests::caught([&] { ask(server, Compression::on); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("is larger than 16 MiB"));
}

// 80 MiB of blanks in 80 KiB, as a list may be large.
TEST_F(TransportCompressionTest, AListThatUnpacksToFarMoreThanItsSizeIsGivenUp) {
  const std::string bomb = gzip(std::string(80U << 20U, ' '), Z_RLE);
  ASSERT_LT(bomb.size(), 90'000U);
  for (const auto& turn : {answering("200 OK", bomb, kGzipped), in_chunks(bomb)}) {
    const TurnsServer server({turn, turn});
    Request request{"/"};
    request.largest_body = kLargestList;
    const auto error = tests::caught([&] { ask(server, Compression::on, request); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_data);
    EXPECT_EQ(error.message,
              "the answer of " + server.url().substr(7) +
                  " is a compressed bomb: it unpacks to more than 500 times its size");
    EXPECT_LE(seen_.bytes, (64U << 20U) + (16U << 10U));
  }
}

TEST_F(TransportCompressionTest, ABombIsAskedForOnce) {
  const auto bomb =
      answering("200 OK", gzip(std::string(80U << 20U, ' '), Z_RLE), kGzipped, "application/json");
  const TurnsServer server({bomb, bomb});
  connection_.server = server.url();
  ApiOptions options;
  options.compression = Compression::on;
  options.clock = &clock_;
  ApiCluster cluster(connection_, options);
  const auto error = tests::caught([&] { cluster.pods({}, [](const core::PodView&) {}); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("compressed bomb"));
  EXPECT_EQ(server.requests().size(), 1U);
  EXPECT_TRUE(clock_.slept.empty());
}

// About 200 times as large as it is compressed, more than pods that are alike.
TEST_F(TransportCompressionTest, ALargeAnswerThatRepeatsItselfIsNoBomb) {
  std::string block;
  for (unsigned i = 1; block.size() < 1000; ++i) block += std::to_string(i * 2'654'435'761U);
  std::string text;
  while (text.size() <= (65U << 20U)) text += block;
  const std::string packed = gzip(text);
  ASSERT_GT(text.size(), packed.size() * 100);
  const TurnsServer server({answering("200 OK", packed, kGzipped)});
  Request request{"/"};
  request.largest_body = kLargestList;
  EXPECT_TRUE(ask(server, Compression::on, request) == text);
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
