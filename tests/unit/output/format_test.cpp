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
  EXPECT_EQ(parse_format("table"), Format::table);
  EXPECT_EQ(parse_format("wide"), Format::wide);
  EXPECT_EQ(parse_format("json"), Format::json);
  EXPECT_EQ(parse_format("jsonl"), Format::jsonl);
  EXPECT_EQ(parse_format("yaml"), Format::yaml);
  EXPECT_EQ(parse_format("name"), Format::name);
}

TEST(Format, AnUnknownOneIsAnErrorThatListsThoseThatExist) {
  const core::Error error = error_of("yml");
  EXPECT_EQ(error.kind(), core::ErrorKind::usage);
  EXPECT_STREQ(
      error.what(),
      "unknown output format \"yml\"; there are table, wide, json, jsonl, yaml, name, url");
  EXPECT_EQ(error.hint(), "did you mean -o yaml?");
}

TEST(Format, WithoutANearOneThereIsNoHint) {
  EXPECT_EQ(error_of("spreadsheet").hint(), "");
  EXPECT_EQ(error_of("").hint(), "");
}

}  // namespace
}  // namespace podreg::output
