// What the readers say of text that they cannot read.
#include <gmock/gmock.h>

#include "tests/support/read_objects.h"
#include "tests/unit/k8s/caught.h"

namespace podreg {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using tests::Format;

// The message, which must be the same whatever the pieces are.
tests::Caught error_of(Format format, std::string_view text) {
  auto whole = tests::caught([&] { tests::read_objects(format, text); });
  EXPECT_EQ(whole.kind, core::ErrorKind::invalid_data);
  const auto pieces = tests::caught([&] { tests::read_objects(format, text, 5); });
  EXPECT_EQ(pieces.message, whole.message);
  return whole;
}

std::string json_error(std::string_view text) { return error_of(Format::json, text).message; }
std::string yaml_error(std::string_view text) { return error_of(Format::yaml, text).message; }

std::string repeated(std::string_view text, int times) {
  std::string result;
  for (int i = 0; i < times; ++i) result += text;
  return result;
}

TEST(ObjectReaderErrors, EmptyTextSaysSo) {
  EXPECT_EQ(json_error(""), "file: is empty");
  EXPECT_EQ(json_error(" \n"), "file: is empty");
  EXPECT_EQ(yaml_error(""), "file: is empty");
  EXPECT_EQ(yaml_error("---\n# nothing\n---\n"), "file: is empty");
}

TEST(ObjectReaderErrors, TextThatIsCutShortNamesTheObjectThatItEndsIn) {
  const auto error = error_of(
      Format::json, R"({"kind": "List", "items": [{"kind": "Pod", "metadata": {"name": "a",)");
  EXPECT_EQ(error.message, "file: ends in the middle of Pod a, at byte 68");
  EXPECT_THAT(error.hint, HasSubstr("cut short"));
  EXPECT_EQ(json_error("{"), "file: ends in the middle of an object, at byte 1");
  EXPECT_EQ(yaml_error("kind: Pod\nmetadata:\n  name: \"x"),
            "file: ends in the middle of Pod, at line 3, column 11");
}

TEST(ObjectReaderErrors, EveryBeginningOfAJsonObjectIsAnError) {
  constexpr std::string_view kText =
      R"({"kind": "Pod", "metadata": {"name": "é\n", "labels": {"a": "b"}}, "x": [1.5e3, true, null]})";
  for (std::size_t size = 0; size < kText.size(); ++size) json_error(kText.substr(0, size));
  EXPECT_EQ(tests::read_objects(Format::json, kText).lines.size(), 1U);
}

TEST(ObjectReaderErrors, AFieldOfTheWrongTypeNamesObjectFieldAndPlace) {
  EXPECT_EQ(
      json_error(R"({"kind": "Endpoints", "metadata": {"name": "shop", "namespace": "prod"},
"subsets": [{"addresses": [{"ip": 5}]}]})"),
      "file: Endpoints prod/shop: subsets.addresses.ip is a number instead of text, at byte 108");
  EXPECT_THAT(json_error(R"({"kind": "Endpoints", "metadata": {"name": "a"}, "subsets": [7]})"),
              HasSubstr("Endpoints a: an element of subsets is a number instead of an object"));
  EXPECT_THAT(json_error(R"({"kind": "Pod", "metadata": {"name": "a", "labels": {"x": 1}}})"),
              HasSubstr("Pod a: metadata.labels is a number instead of text"));
  EXPECT_THAT(json_error(R"({"kind": "Pod", "metadata": []})"),
              HasSubstr("Pod: metadata is a list instead of an object"));
  EXPECT_THAT(json_error(R"({"kind": "List", "items": {}})"),
              HasSubstr("List: items is an object instead of a list"));
  EXPECT_THAT(json_error(R"({"kind": "EndpointSlice", "metadata": {"name": "a"},
                             "endpoints": [{"conditions": {"ready": "true"}}]})"),
              HasSubstr("endpoints.conditions.ready is text instead of true or false"));
}

TEST(ObjectReaderErrors, PortsMustBeWholeNumbersBetween1And65535) {
  const auto port = [](const std::string& value) {
    return json_error(
        R"({"kind": "Service", "metadata": {"name": "a"}, "spec": {"ports": [{"port": )" + value +
        "}]}}");
  };
  EXPECT_THAT(port("0"), HasSubstr("spec.ports.port is not a port between 1 and 65535"));
  EXPECT_THAT(port("65536"), HasSubstr("is not a port"));
  EXPECT_THAT(port("99999999999999999999"), HasSubstr("is not a port"));
  EXPECT_THAT(port("-1"), HasSubstr("is not a port"));
  EXPECT_THAT(port("80.5"), HasSubstr("is 80.5 instead of a whole number"));
  EXPECT_THAT(port("\"80\""), HasSubstr("is text instead of a whole number"));
}

TEST(ObjectReaderErrors, AnObjectWithoutKindIsNoKubernetesObject) {
  EXPECT_THAT(json_error(R"({"a": 1})"), StartsWith("file: an object has no kind"));
  EXPECT_THAT(json_error(R"({"kind": "List", "items": [{"metadata": {"name": "a"}}]})"),
              StartsWith("file: an object has no kind"));
  EXPECT_THAT(json_error(R"({"items": [{"metadata": {"name": "a"}}], "kind": "List"})"),
              StartsWith("file: an item of the List has no kind"));
  EXPECT_THAT(json_error("5"), HasSubstr("single value"));
  EXPECT_THAT(json_error("null"), HasSubstr("null"));
  EXPECT_THAT(json_error("[1]"), HasSubstr("an element that is no object"));
  EXPECT_THAT(yaml_error("just text\n"), HasSubstr("single value"));
  EXPECT_THAT(yaml_error("a: b\n"), StartsWith("file: an object has no kind"));
}

TEST(ObjectReaderErrors, AnObjectNeedsAName) {
  EXPECT_THAT(json_error(R"({"kind": "Pod", "metadata": {}})"),
              StartsWith("file: a Pod has no metadata.name"));
}

TEST(ObjectReaderErrors, DeepNestingIsRefusedWhereItIsSkippedToo) {
  EXPECT_THAT(json_error(repeated("[", 100000)), StartsWith("file: "));
  EXPECT_THAT(json_error(R"({"kind": "Pod", "spec": )" + repeated("[", 100000)),
              StartsWith("file: is nested deeper than 500 levels"));
  EXPECT_THAT(json_error(R"({"kind": "Deployment", "spec": )" + repeated("{\"a\":", 100000)),
              StartsWith("file: is nested deeper than 500 levels"));
  EXPECT_THAT(yaml_error("kind: Pod\nspec:\n  " + repeated("- ", 100000)), HasSubstr("nested"));
  EXPECT_THAT(yaml_error("kind: Pod\nspec: " + repeated("[", 100000)), StartsWith("file: "));
  EXPECT_THAT(yaml_error("kind: Pod\nspec: " + repeated("{a: ", 100000)), StartsWith("file: "));
  EXPECT_THAT(yaml_error(repeated("? ", 100000)), StartsWith("file: "));
}

TEST(ObjectReaderErrors, NestingIsAllowedWithinTheLimit) {
  const auto text = R"({"kind": "Pod", "metadata": {"name": "a"}, "x": )" + repeated("[", 499) +
                    repeated("]", 499) + "}";
  EXPECT_EQ(tests::read_objects(Format::json, text).lines.size(), 1U);
}

TEST(ObjectReaderErrors, ANumberOfAMillionDigitsIsRefused) {
  const auto digits = std::string(1000000, '1');
  EXPECT_THAT(json_error(R"({"kind": "Deployment", "x": )" + digits + "}"),
              HasSubstr("has a number of too many digits"));
  EXPECT_THAT(json_error(R"({"kind": "Pod", "metadata": {"name": "a"}, "x": 0.)" + digits + "}"),
              HasSubstr("has a number of too many digits"));
  EXPECT_THAT(
      yaml_error("kind: Service\nmetadata: {name: a}\nspec:\n  ports:\n  - port: " + digits),
      HasSubstr("has a number of too many digits"));
}

TEST(ObjectReaderErrors, ATextThatNothingInKubernetesIsAsLongAsIsRefused) {
  const auto text = R"({"kind": "Deployment", "x": ")" + std::string(70 << 20, 'x') + "\"}";
  const auto error = tests::caught([&] { tests::read_objects(Format::json, text); });
  EXPECT_THAT(error.message, HasSubstr("Deployment: has a text of more than 13 MiB"));
}

TEST(ObjectReaderErrors, BytesThatAreNotUtf8AreRefusedWhereverTheyStand) {
  EXPECT_EQ(json_error("{\"kind\": \"Deployment\", \"x\": \"\xff\"}"),
            "file: is not UTF-8 text, at byte 29");
  EXPECT_EQ(yaml_error("kind: Deployment\nx: \xc3("), "file: is not UTF-8 text, at byte 20");
  EXPECT_THAT(error_of(Format::json, "\xff\xfe{").hint, HasSubstr("UTF-16"));
}

TEST(ObjectReaderErrors, TextThatIsNotJsonSaysWhereAndWhy) {
  EXPECT_THAT(json_error(R"({"kind": "Pod" "metadata": 1})"),
              StartsWith("file: Pod: is not valid JSON: Missing a comma"));
  EXPECT_THAT(json_error(R"({"kind": "Pod", "metadata": {"name": "a"}} x)"),
              HasSubstr("at byte 43"));
  EXPECT_THAT(json_error(std::string("{\"kind\": \"P\0d\"}", 15)), HasSubstr("is not valid JSON"));
  EXPECT_THAT(json_error(R"({"kind": "\ud83d"})"), HasSubstr("is not valid JSON"));
}

TEST(ObjectReaderErrors, TextThatIsNotYamlSaysLineAndColumn) {
  EXPECT_THAT(yaml_error("kind: Pod\nmetadata: a: b\n"),
              testing::AllOf(StartsWith("file: is not valid YAML"), HasSubstr("line 2")));
  EXPECT_THAT(yaml_error("kind: Pod\nmetadata: {a: ]\n"), HasSubstr("line 2"));
  EXPECT_THAT(yaml_error(","), HasSubstr("line 1, column 1"));
  EXPECT_EQ(yaml_error("kind: Pod\nx: \x04\nmetadata: {name: a}\n"),
            "file: has a control character that YAML does not allow, at byte 13");
}

TEST(ObjectReaderErrors, WhatYamlHasBeyondJsonIsRefusedWhereItIsRead) {
  EXPECT_THAT(yaml_error("kind: Pod\nmetadata: &m {name: a}\n---\nkind: Pod\nmetadata: *m\n"),
              StartsWith("file: "));
  EXPECT_THAT(yaml_error("x: &m {name: a}\nkind: Pod\nmetadata: *m\n"), HasSubstr("an alias (*)"));
  EXPECT_THAT(yaml_error("kind: Pod\nmetadata:\n  <<: {name: a}\n"), HasSubstr("merge key (<<)"));
  EXPECT_THAT(yaml_error("kind: Pod\nmetadata: {[a]: b}\n"), HasSubstr("a key that is not text"));
}

}  // namespace
}  // namespace podreg
