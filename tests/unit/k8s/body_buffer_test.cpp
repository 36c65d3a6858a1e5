#include "k8s/body_buffer.h"

#include <gtest/gtest.h>

#include <string>

namespace podreg::k8s {
namespace {

using Taken = BodyBuffer::Taken;

const std::string kPiece(std::size_t{64} << 10, 'x');

TEST(BodyBuffer, WhatNobodyReadsHasToWait) {
  BodyBuffer body(1 << 30);
  EXPECT_EQ(body.put(kPiece, 0), Taken::yes);
  EXPECT_EQ(body.put("more", 0), Taken::later);
  EXPECT_TRUE(body.paused());
  EXPECT_EQ(body.take(), kPiece);
  body.begin_resuming();
  EXPECT_FALSE(body.paused());
  EXPECT_EQ(body.put("more", 0), Taken::yes);
  body.end_resuming();
  EXPECT_EQ(body.take(), "more");
  EXPECT_EQ(body.take(), "");
  EXPECT_EQ(body.received(), kPiece.size() + 4);
}

TEST(BodyBuffer, BehindWhatWasTooLargeNothingIsTaken) {
  BodyBuffer body(10);
  EXPECT_EQ(body.put("0123456789", 0), Taken::yes);
  EXPECT_EQ(body.put("x", 0), Taken::refused);
  EXPECT_EQ(body.put("", 0), Taken::refused);
  EXPECT_TRUE(body.too_large());
  EXPECT_EQ(body.take(), "0123456789");
}

// What arrives later may make the whole less of a bomb; the hole would still be there.
TEST(BodyBuffer, BehindABombNothingIsTaken) {
  BodyBuffer body(1 << 30);
  const std::uint64_t harmless = 64 << 20;
  while (body.received() < harmless) {
    ASSERT_EQ(body.put(kPiece, 1 << 10), Taken::yes);
    body.take();
  }
  EXPECT_EQ(body.put(kPiece, 1 << 10), Taken::refused);
  EXPECT_TRUE(body.is_bomb());
  EXPECT_EQ(body.put(kPiece, 1 << 30), Taken::refused);
  EXPECT_TRUE(body.is_bomb());
}

TEST(BodyBuffer, BehindWhatCouldNotBeKeptNothingIsTaken) {
  BodyBuffer body(1 << 30);
  body.refuse();
  EXPECT_EQ(body.put("x", 0), Taken::refused);
  EXPECT_FALSE(body.too_large() || body.is_bomb());
}

}  // namespace
}  // namespace podreg::k8s
