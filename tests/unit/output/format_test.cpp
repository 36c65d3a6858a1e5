#include "output/format.h"

#include <gtest/gtest.h>

#include <array>

#include "core/error.h"

namespace podreg::output {
namespace {

core::Error error_of(std::string_view text) {
  try {
    parse_format(text);
  } catch (const core::Error& error) {
    return error;
  }
  return {core::ErrorKind::output, "no error"};
}

TEST(Format, EveryNameIsRead) {
  EXPECT_EQ(parse_format("table").format, Format::table);
  EXPECT_EQ(parse_format("wide").format, Format::wide);
  EXPECT_EQ(parse_format("json").format, Format::json);
  EXPECT_EQ(parse_format("jsonl").format, Format::jsonl);
  EXPECT_EQ(parse_format("yaml").format, Format::yaml);
  EXPECT_EQ(parse_format("name").format, Format::name);
  EXPECT_EQ(parse_format("html").format, Format::html);
}

TEST(Format, AnUnknownOneIsAnErrorThatListsThoseThatExist) {
  const core::Error error = error_of("yml");
  EXPECT_EQ(error.kind(), core::ErrorKind::usage);
  EXPECT_STREQ(error.what(),
               "unknown output format \"yml\"; there are table, wide, json, jsonl, yaml, name, "
               "url, markdown, "
               "junit, html, mermaid, dot, jsonpath=, custom-columns=");
  EXPECT_EQ(error.hint(), "did you mean -o yaml?");
}

TEST(Format, ATemplateStandsBehindTheEqualsSign) {
  EXPECT_EQ(parse_format("jsonpath={.a}=x").format, Format::jsonpath);
  EXPECT_EQ(parse_format("jsonpath={.a}=x").text, "{.a}=x");
  EXPECT_EQ(parse_format("custom-columns=A:.a").format, Format::custom_columns);
  EXPECT_EQ(error_of("jsonpth={.a}").hint(), "did you mean -o jsonpath=?");
}

TEST(Format, ATemplateThatIsMissingIsAnError) {
  for (const char* text : {"jsonpath", "jsonpath=", "custom-columns", "custom-columns="}) {
    EXPECT_NE(std::string(error_of(text).what()).find("lacks"), std::string::npos) << text;
  }
}

TEST(Format, WithoutANearOneThereIsNoHint) {
  EXPECT_EQ(error_of("spreadsheet").hint(), "");
  EXPECT_EQ(error_of("").hint(), "");
}

}  // namespace
}  // namespace podreg::output
