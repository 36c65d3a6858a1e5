#include "k8s/port_forward_frames.h"

#include <gmock/gmock.h>

#include <string>

#include "tests/support/port_forward_peer.h"

namespace podreg::k8s {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::channel_message;
using tests::port_names;
using tests::websocket_frame;
using namespace std::string_literals;

TEST(PortForwardFrames, BytesOfThePodArriveBeforeTheirFrameIsWhole) {
  PortForwardFrames frames;
  frames.feed(port_names());
  frames.feed("\x82\x7f\0\0\0\0\0\x10\0\0\0hello"s);  // announces a MiB
  EXPECT_EQ(frames.from_pod(), "hello");
  EXPECT_FALSE(frames.ended());
}

TEST(PortForwardFrames, AMessageMayComeInFramesWithAPingInBetween) {
  PortForwardFrames frames;
  frames.feed(port_names() + websocket_frame('\x02', "\0hel"s) +
              websocket_frame('\x89', "\0ping"s) + websocket_frame('\x80', "lo"));
  EXPECT_EQ(frames.from_pod(), "hello");
  ASSERT_EQ(frames.to_server().size(), 2 + 4 + 5U);  // a pong, with its mask
  EXPECT_EQ(frames.to_server()[0], '\x8a');
}

TEST(PortForwardFrames, WhatIsOfNoChannelOrNotBinaryIsLeftOut) {
  PortForwardFrames frames;
  frames.feed(port_names() + channel_message(7, "other") + websocket_frame('\x81', "\0text"s) +
              websocket_frame('\x82', "") + channel_message(0, "data"));
  EXPECT_EQ(frames.from_pod(), "data");
  EXPECT_FALSE(frames.ended());
}

TEST(PortForwardFrames, AnErrorEndsItWhenItsMessageIsWholeAndALongOneIsCut) {
  PortForwardFrames frames;
  frames.feed(port_names() + websocket_frame('\x02', "\1x"s));
  for (int i = 0; i < 100; ++i) frames.feed(websocket_frame('\0', std::string(100, 'x')));
  EXPECT_FALSE(frames.ended());
  frames.feed(websocket_frame('\x80', "x") + channel_message(0, "late"));
  EXPECT_TRUE(frames.ended());
  EXPECT_THAT(frames.reason(), StartsWith("xxx"));
  EXPECT_LT(frames.reason().size(), 510U);
  EXPECT_EQ(frames.from_pod(), "");
}

TEST(PortForwardFrames, BrokenAndOversizedFramesEndItWithAReason) {
  const std::string reserved_bits = websocket_frame('\xf2', "x");
  const std::string two_gib = "\x82\x7f\0\0\0\0\x80\0\0\0x"s;
  for (const auto& bytes : {reserved_bits, two_gib}) {
    PortForwardFrames frames;
    frames.feed(port_names() + bytes);
    EXPECT_TRUE(frames.ended());
    EXPECT_THAT(frames.reason(), HasSubstr("not well formed, or too large"));
  }
}

}  // namespace
}  // namespace podreg::k8s
