#include "rpc/triple_wrapper.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace podreg::rpc {
namespace {

using namespace std::string_literals;

TEST(TripleWrapper, ARequestHasItsArgumentsAndTheirTypes) {
  constexpr const char* kTypes[] = {"int", "long"};
  EXPECT_EQ(triple_request_wrapper({"\x91", "\xe1"}, kTypes),
            "\x0a\x08hessian4\x12\1\x91\x12\1\xe1\x1a\3int\x1a\4long");
  EXPECT_EQ(triple_request_wrapper({}, {}), "\x0a\x08hessian4");
}

TEST(TripleWrapper, AResponseHasOneValue) {
  EXPECT_EQ(triple_response_data("\x0a\x08hessian4\x12\1\x91\x1a\3int"), "\x91");
  EXPECT_EQ(triple_response_data("\x12\0"s), "");
}

TEST(TripleWrapper, AResponseWithoutAValueIsNull) {
  EXPECT_EQ(triple_response_data(""), "N");
  EXPECT_EQ(triple_response_data("\x0a\x08hessian4\x1a\3int"), "N");
}

TEST(TripleWrapper, WhatIsNoProtobufIsInvalidData) {
  EXPECT_THROW(triple_response_data("\x12\x7f"), core::Error);
  EXPECT_THROW(triple_response_data("\x10\1"), core::Error) << "a number, no bytes";
}

}  // namespace
}  // namespace podreg::rpc
