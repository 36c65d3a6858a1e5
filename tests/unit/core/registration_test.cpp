#include "core/registration.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/error.h"

namespace podreg::core {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

namespace fs = std::filesystem;

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

template <typename Call>
Error error_of(Call call) {
  try {
    call();
  } catch (const Error& error) {
    return error;
  }
  return {ErrorKind::output, "no error"};
}

// The same instance as the real provider's, given as a user would give it.
std::string written_for(const std::string& annotation) {
  const Metadata recorded = Metadata::parse(annotation);
  RegistrationInput input;
  input.endpoints = recorded.endpoints();
  input.revision = std::string(recorded.revision());
  return to_annotation(
      new_registration(input, std::stoll(std::string(*recorded.find("timestamp")))));
}

TEST(Registration, HasTheBytesThatDubboWrote) {
  int files = 0;
  for (const auto& file :
       fs::directory_iterator(fs::path(PODREG_SOURCE_DIR) / "tests/golden/dubbo/register-3.2.6")) {
    const std::string annotation = content(file.path());
    EXPECT_EQ(written_for(annotation), annotation) << file.path();
    ++files;
  }
  EXPECT_EQ(files, 6);
}

TEST(Registration, WithoutServicesHasRevisionZeroAsInDubbo) {
  const auto entries = new_registration({}, 42);
  EXPECT_THAT(entries, ElementsAre(Pair("dubbo.metadata.revision", "0"), Pair("timestamp", "42")));
}

TEST(Registration, WhatTheUserGaveWinsOverDefaults) {
  RegistrationInput input;
  input.endpoints = {parse_endpoint("dubbo:20880")};
  input.entries = {{"timestamp", "1"},
                   {"dubbo.metadata-service.url-params", R"({"port":"7","protocol":"tri"})"}};
  const auto entries = new_registration(input, 42);
  EXPECT_EQ(value_of(entries, "timestamp"), "1");
  EXPECT_EQ(value_of(entries, "dubbo.metadata-service.url-params"),
            R"({"port":"7","protocol":"tri"})");
}

TEST(Registration, EscapesAsFastjsonDoes) {
  EXPECT_EQ(to_annotation({{"k\"\\/", "\b\t\n\f\r\x01\x1f\x7f 订单 😀 \xe2\x80\xa8"}}),
            "{\"k\\\"\\\\/\":\"\\b\\t\\n\\f\\r\\u0001\\u001f\x7f 订单 😀 \xe2\x80\xa8\"}");
}

TEST(Registration, NumbersAndBooleansBecomeStringsAndAreSaid) {
  RegistrationInput input;
  add_metadata(input, R"({"a":1,"b":true,"c":"s"})");
  EXPECT_THAT(input.entries, ElementsAre(Pair("a", "1"), Pair("b", "true"), Pair("c", "s")));
  EXPECT_THAT(input.made_text, ElementsAre("a", "b"));
}

TEST(Registration, NullIsLeftOutAndSaid) {
  RegistrationInput input;
  add_metadata(input, R"({"a":null,"b":"s","c":null,"c":"t"})");
  EXPECT_THAT(input.entries, ElementsAre(Pair("b", "s"), Pair("c", "t")));
  EXPECT_THAT(input.left_out, ElementsAre("a"));
}

TEST(Registration, ObjectsListsAndOtherTextsAreRefused) {
  RegistrationInput input;
  for (const char* text : {R"({"a":{}})", R"({"a":[1]})", "[]", "x", ""}) {
    EXPECT_EQ(error_of([&] { add_metadata(input, text); }).kind(), ErrorKind::invalid_data) << text;
  }
}

TEST(Registration, EndpointsAndUrlParamsMustBeWellFormed) {
  for (const auto& [key, value] : MetadataEntries{
           {"dubbo.endpoints", "x"},
           {"dubbo.endpoints", R"([{"port":0,"protocol":"tri"}])"},
           {"dubbo.endpoints", R"([{"port":1}])"},
           {"dubbo.endpoints", R"([{"port":20880,"protocol":""}])"},
           {"dubbo.endpoints", R"([{"port":1,"protocol":"tri"},{"port":2,"protocol":"a b"}])"},
           {"dubbo.metadata-service.url-params", "x"},
           {"dubbo.metadata-service.url-params", R"({"protocol":"tri"})"},
           {"dubbo.metadata-service.url-params", R"({"port":"70000","protocol":"tri"})"},
           {"dubbo.metadata-service.url-params", R"({"port":"1"})"},
           {"dubbo.metadata-service.url-params", R"({"port":"1","protocol":1})"},
           {"dubbo.metadata-service.url-params", R"({"port":"1","protocol":true})"},
           {"dubbo.metadata-service.url-params", R"({"port":"1","protocol":"tri "})"}}) {
    RegistrationInput input;
    input.entries = {{key, value}};
    const auto error = error_of([&] { new_registration(input, 0); });
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data) << value;
    EXPECT_THAT(error.what(), HasSubstr(key));
    EXPECT_EQ(error_of([&] { check_input(input); }).kind(), ErrorKind::invalid_data) << value;
  }
}

TEST(Registration, AnEndpointIsAProtocolAndAPort) {
  EXPECT_EQ(parse_endpoint("tri:50051").port, 50051);
  EXPECT_EQ(parse_endpoint("h2.native-thrift+tls:1").protocol, "h2.native-thrift+tls");
  for (const char* text :
       {"", "dubbo", ":1", "dubbo:", "dubbo:0", "dubbo:65536", "dubbo:1x", "dubbo:-1", "a b\"c:1",
        "x:y:1", " dubbo:1", "a\nb:1", "1x:1", "订单:1"}) {
    EXPECT_EQ(error_of([&] { parse_endpoint(text); }).kind(), ErrorKind::usage) << text;
  }
}

TEST(Registration, AnEndpointThatIsGivenTwiceIsRegisteredOnce) {
  RegistrationInput input;
  input.endpoints = {{"dubbo", 1}, {"tri", 1}, {"dubbo", 1}, {"dubbo", 2}};
  EXPECT_EQ(
      value_of(new_registration(input, 0), "dubbo.endpoints"),
      R"([{"port":1,"protocol":"dubbo"},{"port":1,"protocol":"tri"},{"port":2,"protocol":"dubbo"}])");
}

TEST(Registration, AnAssignmentHasAKey) {
  EXPECT_THAT(parse_assignment("a=b=c"), Pair("a", "b=c"));
  EXPECT_THAT(parse_assignment("a="), Pair("a", ""));
  EXPECT_EQ(error_of([] { parse_assignment("a"); }).kind(), ErrorKind::usage);
  EXPECT_EQ(error_of([] { parse_assignment("=a"); }).kind(), ErrorKind::usage);
}

TEST(Registration, MergingSetsAndUnsets) {
  RegistrationInput input;
  input.entries = {{"b", "3"}, {"c", "4"}};
  input.unset = {"a", "none"};
  const auto merged = merged_registration({{"a", "1"}, {"b", "2"}, {"timestamp", "5"}}, input);
  EXPECT_THAT(merged, ::testing::UnorderedElementsAre(Pair("b", "3"), Pair("c", "4"),
                                                      Pair("timestamp", "5")));
}

TEST(Registration, IsTheSameWhenOnlyTheTimestampDiffers) {
  EXPECT_TRUE(
      same_but_for_timestamp({{"a", "1"}, {"timestamp", "5"}}, {{"timestamp", "6"}, {"a", "1"}}));
  EXPECT_FALSE(same_but_for_timestamp({{"a", "1"}}, {{"a", "2"}}));
}

}  // namespace
}  // namespace podreg::core
