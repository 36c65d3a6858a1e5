// `podreg version` depends on the machine that built it, so it has no golden file.
#include <gmock/gmock.h>

#include "core/json.h"
#include "tests/unit/cli/provider_run.h"
namespace podreg::cli {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(Version, BeginsWithTheLineThatTheFlagPrints) {
  const auto flag = run_podreg({"--version"});
  const auto command = run_podreg({"version"});
  EXPECT_EQ(command.status, 0);
  EXPECT_THAT(command.out, StartsWith(flag.out));
  EXPECT_THAT(command.out, HasSubstr("\ncommit     "));
  EXPECT_THAT(command.out, HasSubstr("\ncompiler   "));
  EXPECT_THAT(command.out, HasSubstr("libcurl "));
}

TEST(Version, IsADocumentForPrograms) {
  const auto ran = run_podreg({"version", "-o", "json"});
  EXPECT_EQ(ran.status, 0);
  core::JsonDocument document;
  document.Parse(ran.out.c_str());
  ASSERT_FALSE(document.HasParseError());
  EXPECT_STREQ(document["apiVersion"].GetString(), "podreg/v1");
  EXPECT_STREQ(document["kind"].GetString(), "Version");
  for (const char* field : {"version", "commit", "compiler"}) {
    EXPECT_GT(document[field].GetStringLength(), 0U) << field;
  }
  for (const char* library : {"cli11", "fmt", "libcurl", "libnghttp2", "openssl", "rapidjson"}) {
    EXPECT_TRUE(document["libraries"].HasMember(library)) << library;
  }
}

TEST(Version, IsWhatATemplateMakesOfIt) {
  const auto ran = run_podreg({"version", "-o", "jsonpath={.kind} {.version}"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ("podreg " + ran.out + "\n",
            "podreg Version " + run_podreg({"--version"}).out.substr(7));
}

TEST(Version, HasNoNames) {
  const auto ran = run_podreg({"version", "-o", "name"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("it takes table, wide, json, yaml"));
}

}  // namespace
}  // namespace podreg::cli
