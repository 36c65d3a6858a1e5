#include "output/jsonpath.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/json.h"

namespace podreg::output {
namespace {

namespace fs = std::filesystem;

std::string file(const char* name) {
  const auto path = fs::path(PODREG_SOURCE_DIR) / "tests/golden/jsonpath" / name;
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

core::JsonDocument parsed(const std::string& text) {
  core::JsonDocument document;
  document.Parse(text.data(), text.size());
  return document;
}

std::string text_or_error(std::string_view path, const core::JsonDocument& document) {
  try {
    return JsonPath(path).text(document);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::usage);
    return "ERR";
  }
}

std::string error_of(std::string_view path, const char* json) {
  try {
    return "no error: " + JsonPath(path).text(parsed(json));
  } catch (const core::Error& error) {
    return error.what();
  }
}

// cases.txt: a template, what `kubectl -o jsonpath=` prints of document.json (ERR: an error),
// "---".
TEST(JsonPath, PrintsWhatKubectlPrints) {
  const auto document = parsed(file("document.json"));
  const std::string cases = file("cases.txt");
  std::size_t count = 0;
  for (std::string_view rest = cases; !rest.empty(); ++count) {
    const auto line_end = rest.find('\n');
    const auto end = rest.find("\n---\n");
    ASSERT_LT(line_end, end);
    const auto path = rest.substr(0, line_end);
    EXPECT_EQ(text_or_error(path, document), rest.substr(line_end + 1, end - line_end - 1)) << path;
    rest.remove_prefix(end + 5);
  }
  EXPECT_GE(count, 100U);
}

TEST(JsonPath, EscapesControlCharactersOfTheDocumentAndNotOfTheTemplate) {
  const auto document = parsed(R"({"a":"x\u001b[31m\ny"})");
  EXPECT_EQ(JsonPath("{.a}{\"\\t\"}|").text(document), "x\\u001b[31m\\ny\t|");
}

TEST(JsonPath, ErrorsOfATemplateShowThePlace) {
  EXPECT_EQ(error_of("{.items[*].pod", "{}"),
            "jsonpath \"{.items[*].pod\", character 15: an expression is not closed with }");
  EXPECT_EQ(error_of("é{.a}{nope}", "{}"),
            "jsonpath \"é{.a}{nope}\", character 11: nope is neither range nor end; a field has a "
            "'.' before it");
}

std::string relaxed_error_of(std::string_view typed) {
  try {
    relaxed_jsonpath(typed);
  } catch (const core::Error& error) {
    return error.what();
  }
  return "";
}

TEST(JsonPath, ErrorsShowWhatWasTypedAndThePlaceInIt) {
  EXPECT_EQ(error_of("{.items[?(@.port==20880 && @.host==1)]}", "{}"),
            "jsonpath \"{.items[?(@.port==20880 && @.host==1)]}\", character 25: '&' is not "
            "expected in an expression");
  EXPECT_EQ(error_of("{.é[?(@['a!']==1)]}", "{}"),
            "jsonpath \"{.é[?(@['a!']==1)]}\", character 11: there is no operator !");
  EXPECT_EQ(relaxed_error_of("{.port"),
            "jsonpath \"{.port\", character 7: an expression is not closed with }");
  EXPECT_EQ(relaxed_error_of(".port&"), "");
  EXPECT_EQ(relaxed_error_of("items[x]"), "jsonpath \"items[x]\", character 9: [x] is no index");
  EXPECT_EQ(relaxed_error_of("{.items[x]}"),
            "jsonpath \"{.items[x]}\", character 11: [x] is no index");
  EXPECT_EQ(relaxed_error_of("{.a} x"), "\"{.a} x\" is no path to a field");
}

TEST(JsonPath, ErrorsOfTheDocumentShowTheExpression) {
  EXPECT_EQ(error_of("x{.a[3]}", R"({"a":[1]})"),
            "jsonpath {.a[3]}: there is no [3] in a list of 1");
  EXPECT_EQ(error_of("{.a[?(@.b>1)]}", R"({"a":[{"b":"x"}]})"),
            "jsonpath {.a[?(@.b>1)]}: a filter compares values of different kinds, such as a text "
            "and a number");
}

TEST(JsonPath, AnIndexMayBeAsLargeAsANumberOf32Bits) {
  const char* list = R"({"a":[1,2,3]})";
  EXPECT_EQ(text_or_error("{.a[0:3:2147483647]}", parsed(list)), "1");
  EXPECT_EQ(text_or_error("{.a[1:3:2147483647]}", parsed(list)), "2");
  EXPECT_EQ(error_of("{.a[2147483647]}", list),
            "jsonpath {.a[2147483647]}: there is no [2147483647] in a list of 3");
  EXPECT_EQ(error_of("{.a[0:-2147483648]}", R"({"a":[]})"),
            "jsonpath {.a[0:-2147483648]}: there is no [0] in a list of 0");
}

// Each step takes every value twice: 2^30 in the end.
TEST(JsonPath, ATemplateThatWouldTakeForEverIsRefused) {
  std::string document = "0";
  std::string path = "{";
  for (int i = 0; i < 30; ++i) {
    document = R"({"a":)" + document + "}";
    path += "['a','a']";
  }
  path += '}';
  EXPECT_EQ(error_of(path, document.c_str()),
            "jsonpath " + path + ": the template looks at more than 5000000 values");
}

TEST(JsonPath, AFieldMayStandWithoutBraces) {
  const auto document = parsed(R"({"a":{"b":5}})");
  for (const char* path : {"a.b", ".a.b", "{.a.b}", "{a.b}"}) {
    EXPECT_EQ(relaxed_jsonpath(path).text(document), "5") << path;
  }
  EXPECT_THROW(relaxed_jsonpath(""), core::Error);
  EXPECT_THROW(relaxed_jsonpath("{.}}{"), core::Error);
}

}  // namespace
}  // namespace podreg::output
