#include <gmock/gmock.h>

#include "core/error.h"
#include "k8s/protobuf_stream.h"
#include "tests/support/piecewise_source.h"
#include "tests/support/protobuf_writer.h"

namespace podreg::k8s {
namespace {

using testing::HasSubstr;
using tests::field;
using tests::PiecewiseSource;
using tests::tag;
using tests::varint;

// What the reader says of a message that it does not take; empty when it does.
std::string fault(std::string_view message) {
  try {
    core::ProtobufMessage reader(message, "the message");
    for (core::ProtobufMessage::Field f; reader.next(f);) {
    }
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::invalid_data);
    return error.what();
  }
  return {};
}

TEST(ProtobufMessage, FieldsOfEveryWireTypeAreReadInOrder) {
  const std::string bytes =
      tag(1, 0) + varint(300) + tag(2, 1) + "12345678" + field(3, "text") + tag(400, 5) + "1234";
  core::ProtobufMessage message(bytes, "m");
  std::vector<std::pair<std::uint32_t, std::string>> seen;
  for (core::ProtobufMessage::Field f; message.next(f);) seen.emplace_back(f.number, f.bytes);
  EXPECT_THAT(seen, testing::ElementsAre(testing::Pair(1, ""), testing::Pair(2, ""),
                                         testing::Pair(3, "text"), testing::Pair(400, "")));
}

TEST(ProtobufMessage, AnEmptyMessageHasNoFields) { EXPECT_EQ(fault(""), ""); }

TEST(ProtobufMessage, ALengthBeyondTheMessageIsAnError) {
  EXPECT_THAT(fault(tag(1, 2) + varint(5) + "1234"), HasSubstr("longer than its message"));
  EXPECT_THAT(fault(tag(1, 2) + varint(UINT64_MAX) + "1234"), HasSubstr("longer than its message"));
  EXPECT_THAT(fault(tag(1, 1) + "1234567"), HasSubstr("longer than its message"));
  EXPECT_THAT(fault(tag(1, 5) + "123"), HasSubstr("longer than its message"));
}

TEST(ProtobufMessage, ANumberOfMoreThan64BitsIsAnError) {
  EXPECT_EQ(fault(tag(1, 0) + std::string(9, '\xff') + '\x01'), "");
  EXPECT_THAT(fault(tag(1, 0) + std::string(9, '\xff') + '\x02'), HasSubstr("more than 64 bits"));
  EXPECT_THAT(fault(tag(1, 0) + std::string(10, '\x80') + '\x01'), HasSubstr("more than 64 bits"));
}

TEST(ProtobufMessage, AnEndInsideANumberIsAnError) {
  EXPECT_THAT(fault("\x80"), HasSubstr("ends inside a number"));
  EXPECT_THAT(fault(tag(1, 0)), HasSubstr("ends inside a number"));
}

TEST(ProtobufMessage, FieldZeroGroupsAndUnknownWireTypesAreErrors) {
  EXPECT_THAT(fault(tag(0, 0) + varint(1)), HasSubstr("field number"));
  EXPECT_THAT(fault(varint(std::uint64_t{1} << 40) + varint(1)), HasSubstr("field number"));
  for (const unsigned type : {3U, 4U, 6U, 7U}) {
    EXPECT_THAT(fault(tag(1, type) + "1234567890"), HasSubstr("wire type")) << type;
  }
}

TEST(ProtobufMessage, AFieldOfAnotherTypeThanExpectedIsAnError) {
  const std::string bytes = tag(7, 0) + varint(1);
  core::ProtobufMessage message(bytes, "m");
  core::ProtobufMessage::Field f;
  ASSERT_TRUE(message.next(f));
  EXPECT_THROW(message.bytes(f), core::Error);
}

TEST(ProtobufStream, WhatLiesWithinAPieceIsNotCopied) {
  PiecewiseSource source("abcdefgh", 4);
  const std::string name = "s";
  ProtobufStream stream(source, name);
  const auto first = stream.take(2, 100);
  const auto second = stream.take(2, 100);
  EXPECT_EQ(first, "ab");
  EXPECT_EQ(second.data(), first.data() + 2);
}

TEST(ProtobufStream, WhatSpansPiecesIsPutTogether) {
  for (std::size_t piece = 1; piece < 10; ++piece) {
    const std::string bytes = field(1, "abcdefgh") + tag(2, 0) + varint(1'000'000) + field(3, "z");
    PiecewiseSource source(bytes, piece);
    const std::string name = "s";
    ProtobufStream stream(source, name);
    EXPECT_EQ(stream.tag().field, 1U);
    EXPECT_EQ(stream.take(stream.varint(), 8), "abcdefgh");
    EXPECT_EQ(stream.tag().field, 2U);
    EXPECT_EQ(stream.varint(), 1'000'000U);
    EXPECT_EQ(stream.tag().type, core::WireType::bytes);
    stream.skip_value(core::WireType::bytes);
    EXPECT_TRUE(stream.at_end());
    EXPECT_EQ(stream.position(), bytes.size());
  }
}

TEST(ProtobufStream, MoreThanTheCallersBoundIsAnErrorBeforeItIsRead) {
  PiecewiseSource source("abc", 100);
  const std::string name = "the list";
  ProtobufStream stream(source, name);
  EXPECT_THROW(stream.take(UINT64_MAX, 1000), core::Error);
}

TEST(ProtobufStream, AnEndInTheMiddleSaysSo) {
  const std::string name = "the list";
  const auto fault_of = [&](auto&& read) {
    PiecewiseSource source("\x80\x80\x80", 2);
    ProtobufStream stream(source, name);
    try {
      read(stream);
    } catch (const core::Error& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(fault_of([](auto& stream) { stream.varint(); }), "the list is cut short after 3 bytes");
  EXPECT_EQ(fault_of([](auto& stream) { stream.take(4, 4); }),
            "the list is cut short after 3 bytes");
  EXPECT_EQ(fault_of([](auto& stream) { stream.skip(4); }), "the list is cut short after 3 bytes");
}

}  // namespace
}  // namespace podreg::k8s
