#include "k8s/retry.h"

#include <gmock/gmock.h>

#include "tests/support/fake_clock.h"

namespace podreg::k8s {
namespace {

using std::chrono::milliseconds;
using testing::Optional;
using tests::FakeClock;

class RetriesTest : public testing::Test {
 protected:
  Retries read(milliseconds whole = milliseconds(0)) { return {clock_, jitter_, whole, false}; }
  Retries write() { return {clock_, jitter_, milliseconds(0), true}; }

  FakeClock clock_;
  std::function<double()> jitter_ = [] { return 1.0; };
};

TEST_F(RetriesTest, PausesBecomeLongerAndEnd) {
  auto retries = read();
  EXPECT_THAT(retries.after(Fault::not_connected), Optional(milliseconds(200)));
  EXPECT_THAT(retries.after(503, ""), Optional(milliseconds(400)));
  EXPECT_THAT(retries.after(Fault::broken_off), Optional(milliseconds(800)));
  EXPECT_EQ(retries.after(503, ""), std::nullopt);
}

TEST_F(RetriesTest, ChanceHalvesAPauseAtMost) {
  jitter_ = [] { return 0.0; };
  EXPECT_THAT(read().after(503, ""), Optional(milliseconds(100)));
}

TEST_F(RetriesTest, OnlyWhatPassesByIsTriedAgain) {
  for (const int status : {429, 500, 502, 503, 504}) EXPECT_TRUE(read().after(status, ""));
  for (const int status : {200, 302, 400, 401, 403, 404, 409, 410, 422, 501, 505}) {
    EXPECT_FALSE(read().after(status, "1")) << status;
  }
  EXPECT_FALSE(read().after(Fault::lasting));
}

TEST_F(RetriesTest, AWriteIsRepeatedOnlyWhenTheServerCannotHaveActed) {
  EXPECT_TRUE(write().after(Fault::not_connected));
  EXPECT_FALSE(write().after(Fault::broken_off));
  EXPECT_TRUE(write().after(429, "1"));
  EXPECT_TRUE(write().after(503, "1"));
  EXPECT_FALSE(write().after(429, ""));
  EXPECT_FALSE(write().after(503, "soon"));
  for (const int status : {500, 502, 504}) EXPECT_FALSE(write().after(status, "1"));
}

TEST_F(RetriesTest, WhatTheServerSaysIsWaitedAndALittleMore) {
  EXPECT_THAT(read().after(429, "7"), Optional(milliseconds(7'200)));
  jitter_ = [] { return 0.0; };
  EXPECT_THAT(read().after(429, "7"), Optional(milliseconds(7'000)));
  EXPECT_THAT(read().after(429, "0"), Optional(milliseconds(0)));
}

TEST_F(RetriesTest, WhoIsToldToComeBackDoesSoTenTimesInAll) {
  auto retries = read();
  for (int i = 0; i < 9; ++i) EXPECT_TRUE(retries.after(429, "1"));
  EXPECT_FALSE(retries.after(429, "1"));
}

TEST_F(RetriesTest, AServerThatWantsAnHourIsNotWaitedFor) {
  EXPECT_TRUE(read().after(503, "60"));
  EXPECT_FALSE(read().after(503, "61"));
  EXPECT_FALSE(read().after(503, "99999999999999999"));
}

TEST_F(RetriesTest, NoPauseEndsAfterTheTimeForTheWhole) {
  auto retries = read(milliseconds(500));
  EXPECT_THAT(retries.after(503, ""), Optional(milliseconds(200)));
  clock_.now += 200;
  EXPECT_EQ(retries.after(503, ""), std::nullopt);  // 400 more would be too many
  EXPECT_FALSE(read(milliseconds(500)).after(429, "1"));
}

TEST(RetryAfter, IsSecondsOrADate) {
  constexpr std::int64_t kNow = 1'445'412'000'000;  // Wed, 21 Oct 2015 07:20:00 GMT
  EXPECT_THAT(parse_retry_after("120", kNow), Optional(milliseconds(120'000)));
  EXPECT_THAT(parse_retry_after("Wed, 21 Oct 2015 07:20:30 GMT", kNow),
              Optional(milliseconds(30'000)));
  EXPECT_THAT(parse_retry_after("Wed, 21 Oct 2015 07:00:00 GMT", kNow), Optional(milliseconds(0)));
  for (const char* bad : {"", "-1", "soon", "1.5s", "99999999999999999999"}) {
    EXPECT_EQ(parse_retry_after(bad, kNow), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace podreg::k8s
