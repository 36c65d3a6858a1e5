#include "rpc/grpc.h"

#include <gmock/gmock.h>

#include <string>

#include "core/error.h"
#include "tests/unit/rpc/error_of.h"

namespace podreg::rpc {
namespace {

using core::ErrorKind;
using testing::HasSubstr;

TripleResponse response(const std::string& body, const std::string& status = "0") {
  TripleResponse result;
  result.status = 200;
  result.headers = {{"grpc-status", status}};
  result.body = body;
  return result;
}

TEST(GrpcMessage, ItsSizeIsAnnouncedByTheBytesBeforeIt) {
  EXPECT_EQ(grpc_message("abc"), std::string("\0\0\0\0\3abc", 8));
  const auto message = grpc_message(std::string(70'000, 'x'));
  EXPECT_EQ(announced_grpc_size(message), 70'000U);
  EXPECT_EQ(announced_grpc_size(message.substr(0, 5)), 70'000U);
  EXPECT_EQ(announced_grpc_size(message.substr(0, 4)), 0U);
}

TEST(GrpcStatus, IsSaidByNameAndItsMessageDecoded) {
  EXPECT_EQ(grpc_status_name("0"), "OK (0)");
  EXPECT_EQ(grpc_status_name("16"), "UNAUTHENTICATED (16)");
  EXPECT_EQ(grpc_status_name("17"), "grpc-status 17");
  EXPECT_EQ(grpc_status_name("-1"), "grpc-status -1");
  EXPECT_EQ(grpc_status_name(""), "no grpc-status");
  TripleResponse refused = response("", "12");
  EXPECT_EQ(grpc_status_message(refused), "");
  refused.headers["grpc-message"] = "no%20such method";
  EXPECT_EQ(grpc_status_message(refused), "no such method");
  refused.headers["grpc-message"] = "100%";
  EXPECT_EQ(grpc_status_message(refused), "100%");
}

TEST(GrpcAnswer, WhatIsNotOneWholeMessageIsRefused) {
  EXPECT_EQ(grpc_answer(response(grpc_message(""))), "");
  EXPECT_THAT(error_of([] { grpc_answer(response("")); }).what(), HasSubstr("is empty"));
  EXPECT_THAT(error_of([] { grpc_answer(response(grpc_message("abc").substr(0, 7))); }).what(),
              HasSubstr("holds 2 bytes, not the 3"));
  EXPECT_THAT(error_of([] { grpc_answer(response(grpc_message("a") + grpc_message("b"))); }).what(),
              HasSubstr("holds 7 bytes, not the 1"));
  EXPECT_THAT(error_of([] { grpc_answer(response(std::string("\1\0\0\0\1x", 6))); }).what(),
              HasSubstr("compressed"));
  EXPECT_THAT(error_of([] { grpc_answer(response("", "99")); }).what(),
              HasSubstr("\"grpc-status 99\""));
  TripleResponse html;
  html.status = 415;
  EXPECT_EQ(std::string(error_of([&] { grpc_answer(html); }).what()),
            "the provider answered with HTTP status 415");
}

TEST(GrpcAnswer, WhoeverHasNoTimeOrNobodyToServeIsUnreachable) {
  for (const char* status : {"4", "7", "14", "16"}) {
    const auto error = error_of([&] { grpc_answer(response("", status)); });
    EXPECT_EQ(error.kind(), ErrorKind::unreachable) << status;
  }
  for (const char* status : {"2", "12", "13", "99"}) {
    const auto error = error_of([&] { grpc_answer(response("", status)); });
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data) << status;
  }
  TripleResponse html;
  html.status = 503;
  EXPECT_EQ(error_of([&] { grpc_answer(html); }).kind(), ErrorKind::unreachable);
  html.status = 500;
  EXPECT_EQ(error_of([&] { grpc_answer(html); }).kind(), ErrorKind::invalid_data);
}

}  // namespace
}  // namespace podreg::rpc
