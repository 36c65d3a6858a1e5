#include "cli/request_log.h"

#include <gtest/gtest.h>

#include "tests/support/fake_streams.h"

namespace podreg::cli {
namespace {

k8s::Exchange exchange() {
  k8s::Exchange exchange;
  exchange.method = "GET";
  exchange.url = "https://host/x";
  exchange.status = 200;
  exchange.bytes = 30;
  exchange.wire_bytes = 30;
  exchange.time = std::chrono::microseconds(12'340);
  return exchange;
}

std::string shown(const k8s::Exchange& exchange) {
  tests::TextKeeper err;
  show_exchange(exchange, err);
  return err.text();
}

TEST(RequestLog, ARequestIsOneLine) {
  EXPECT_EQ(shown(exchange()), "GET https://host/x: 200, 30 bytes, 12.3 ms\n");
}

TEST(RequestLog, WhatCameCompressedSaysSo) {
  auto compressed = exchange();
  compressed.wire_bytes = 7;
  EXPECT_EQ(shown(compressed),
            "GET https://host/x: 200, 30 bytes (7 as they came, compressed), 12.3 ms\n");
}

TEST(RequestLog, WithoutAnAnswerItSaysThat) {
  auto none = exchange();
  none.status = 0;
  none.bytes = none.wire_bytes = 0;
  EXPECT_EQ(shown(none), "GET https://host/x: no answer, 0 bytes, 12.3 ms\n");
}

TEST(RequestLog, HeadersAndBodiesFollowEscaped) {
  auto whole = exchange();
  whole.request_headers = {"GET /x HTTP/1.1", "Accept: a\x1b[31m"};
  whole.sent = {"application/json", true, "{\n}", 3};
  whole.response_headers = {"Content-Type: b"};
  whole.received = {"application/vnd.kubernetes.protobuf", false, "", 30};
  EXPECT_EQ(shown(whole),
            "GET https://host/x: 200, 30 bytes, 12.3 ms\n"
            "> GET /x HTTP/1.1\n"
            "> Accept: a\\u001b[31m\n"
            "> body, 3 bytes of application/json:\n"
            ">   {\n"
            ">   }\n"
            "< Content-Type: b\n"
            "< body, 30 bytes of application/vnd.kubernetes.protobuf\n");
}

TEST(RequestLog, ABodyThatGoesOnSaysSo) {
  auto large = exchange();
  large.received = {"text/plain", true, std::string(k8s::kShownBody, 'x'), 1'000'000};
  EXPECT_TRUE(shown(large).ends_with("xx\n<   …\n"));
}

TEST(RequestLog, ARetrySaysWhyAndWhen) {
  tests::TextKeeper err;
  show_retry({"GET", "https://host/x", "503", std::chrono::milliseconds(1'250)}, err);
  EXPECT_EQ(err.text(), "GET https://host/x again in 1.2 s: 503\n");
}

}  // namespace
}  // namespace podreg::cli
