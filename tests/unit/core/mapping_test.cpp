#include "core/mapping.h"

#include <gmock/gmock.h>

#include "core/error.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* kOrders = "com.example.OrderService";

TEST(Applications, AreTrimmedSortedAndEachThereOnce) {
  EXPECT_THAT(parse_applications(" shop-b ,shop-a,,\tshop-b\n, "), ElementsAre("shop-a", "shop-b"));
  EXPECT_THAT(parse_applications("shop-a"), ElementsAre("shop-a"));
}

TEST(Applications, NoneAreInAListOfEmptyNames) {
  EXPECT_THAT(parse_applications(""), IsEmpty());
  EXPECT_THAT(parse_applications(" , ,\t"), IsEmpty());
}

// Java trims every control character, and no space of Unicode's.
TEST(Applications, AreTrimmedAsJavaTrims) {
  EXPECT_THAT(parse_applications("\x01shop\x1f"), ElementsAre("shop"));
  EXPECT_THAT(parse_applications("\u00a0shop"), ElementsAre("\u00a0shop"));
}

// U+10000 is a surrogate pair there, which is less than U+FFFD.
TEST(Applications, AreSortedByUtf16AsJavaSorts) {
  EXPECT_THAT(parse_applications("\ufffd,\U00010000,Z,a"),
              ElementsAre("Z", "a", "\U00010000", "\ufffd"));
}

TEST(InterfaceQuery, ANameMeansEveryVersionGroupAndProtocol) {
  const auto query = InterfaceQuery::parse(kOrders);
  EXPECT_EQ(query.match.interface, kOrders);
  EXPECT_EQ(query.match.version, "*");
  EXPECT_EQ(query.match.group, "*");
  EXPECT_THAT(query.provided_by, IsEmpty());
}

TEST(InterfaceQuery, AConsumersUrlSaysWhatItWants) {
  const auto query = InterfaceQuery::parse(
      "consumer://10.0.0.1/com.example.OrderService?group=g1&version=1.0.0&protocol=tri"
      "&provided-by=shop-b%2C%20shop-a");
  EXPECT_EQ(query.match.interface, kOrders);
  EXPECT_EQ(query.match.group, "g1");
  EXPECT_EQ(query.match.version, "1.0.0");
  EXPECT_EQ(query.match.protocol, "tri");
  EXPECT_THAT(query.provided_by, ElementsAre("shop-a", "shop-b"));
}

TEST(InterfaceQuery, TheParameterInterfaceWinsOverThePath) {
  const auto query =
      InterfaceQuery::parse("consumer://10.0.0.1/orders?interface=com.example.OrderService");
  EXPECT_EQ(query.match.interface, kOrders);
  EXPECT_EQ(query.match.group, "") << "no group is one without group";
}

std::string refusal(const std::string& text) {
  try {
    InterfaceQuery::parse(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    EXPECT_THAT(error.hint(), HasSubstr("consumer://"));
    return error.what();
  }
  return "";
}

TEST(InterfaceQuery, WhatNamesNoInterfaceIsRefused) {
  EXPECT_EQ(refusal(""), "an interface has a name, and none is given");
  EXPECT_EQ(refusal("dubbo://10.0.0.1/com.example.OrderService"),
            "\"dubbo://10.0.0.1/com.example.OrderService\" is no URL of a consumer");
  EXPECT_EQ(refusal("consumer://10.0.0.1"), "\"consumer://10.0.0.1\" names no interface");
}

InterfaceQuery query_with(std::vector<std::string> provided_by) {
  InterfaceQuery query;
  query.match.interface = kOrders;
  query.provided_by = std::move(provided_by);
  return query;
}

TEST(StatedSources, AnswerInDubbosOrder) {
  const StatedSources stated{{}, {{kOrders, {"cached"}}}, {"subscribed"}};
  const auto mappings = stated.of(query_with({"provided"}));
  ASSERT_EQ(mappings.size(), 3U);
  EXPECT_EQ(mappings[0].source, MappingSource::provided_by);
  EXPECT_THAT(mappings[0].applications(), ElementsAre("provided"));
  EXPECT_EQ(mappings[1].source, MappingSource::cache);
  EXPECT_THAT(mappings[1].applications(), ElementsAre("cached"));
  EXPECT_EQ(mappings[2].source, MappingSource::subscribed_services);
  EXPECT_THAT(mappings[2].applications(), ElementsAre("subscribed"));
}

TEST(StatedSources, WhatTheCommandLineSaysWinsOverTheUrl) {
  const StatedSources stated{{"said"}, {}, {}};
  const auto mappings = stated.of(query_with({"provided"}));
  ASSERT_EQ(mappings.size(), 1U);
  EXPECT_THAT(mappings[0].applications(), ElementsAre("said"));
}

TEST(StatedSources, AnEmptyListIsNoAnswer) {
  const StatedSources stated{{}, {{kOrders, {}}, {"com.example.Other", {"a"}}}, {}};
  EXPECT_THAT(stated.of(query_with({})), IsEmpty());
}

TEST(Mapping, NamesAnApplicationInItsNamespaceOrInAny) {
  Provider anywhere;
  anywhere.application = "shop-a";
  Provider in_demo;
  in_demo.application = "shop-b";
  in_demo.ns = "demo";
  const Mapping mapping{kOrders, MappingSource::cluster, {anywhere, in_demo}};
  EXPECT_TRUE(mapping.names("other", "shop-a"));
  EXPECT_TRUE(mapping.names("demo", "shop-b"));
  EXPECT_FALSE(mapping.names("other", "shop-b"));
  EXPECT_FALSE(mapping.names("demo", "shop"));
}

}  // namespace
}  // namespace podreg::core
