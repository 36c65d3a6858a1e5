#include "output/format.h"

#include <gtest/gtest.h>

#include <array>

#include "core/error.h"
#include "output/nearest.h"

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
  EXPECT_STREQ(error.what(),
               "unknown output format \"yml\"; there are table, wide, json, jsonl, yaml, name");
  EXPECT_EQ(error.hint(), "did you mean -o yaml?");
}

TEST(Format, WithoutANearOneThereIsNoHint) {
  EXPECT_EQ(error_of("spreadsheet").hint(), "");
  EXPECT_EQ(error_of("").hint(), "");
}

TEST(Nearest, FindsTheWordThatWasMeant) {
  constexpr std::array<std::string_view, 3> words = {"instances", "services", "metadata"};
  EXPECT_EQ(nearest("instnaces", words), "instances");
  EXPECT_EQ(nearest("service", words), "services");
  EXPECT_EQ(nearest("METADATA", words), "metadata");
  EXPECT_EQ(nearest("doctor", words), std::nullopt);
  EXPECT_EQ(nearest(std::string(100'000, 'x'), words), std::nullopt);
}

}  // namespace
}  // namespace podreg::output
