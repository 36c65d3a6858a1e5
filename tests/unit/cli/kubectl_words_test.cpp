#include "cli/kubectl_words.h"

#include <gmock/gmock.h>

#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using testing::HasSubstr;
using Words = std::vector<std::string>;

Words respelled(Words words) {
  respell_kubectl_flags(words, [](const std::string& flag) { return flag == "-o"; });
  return words;
}

TEST(KubectlWords, AShortFlagMayHaveAnEqualsSign) {
  EXPECT_EQ(respelled({"services", "-o=json"}), (Words{"services", "-ojson"}));
  EXPECT_EQ(respelled({"-o=jsonpath={.a=1}"}), (Words{"-ojsonpath={.a=1}"}));
}

TEST(KubectlWords, OtherWordsStayAsTheyAre) {
  for (const char* word : {"-q=x", "-o=", "-", "-o", "--output=json", "a=b", "-5", "-vv", "-v"}) {
    EXPECT_EQ(respelled({word}), Words{word});
  }
  EXPECT_EQ(respelled({"--", "-o=json", "-v=6"}), (Words{"--", "-o=json", "-v=6"}));
}

TEST(KubectlWords, LevelsAreAsManyV) {
  for (const char* word : {"-v=7", "-v7", "--v=7"}) {
    EXPECT_EQ(respelled({word}), (Words{"-v", "-v"}));
  }
  EXPECT_EQ(respelled({"-v=4"}), Words{});
  EXPECT_EQ(respelled({"-v=6"}), Words{"-v"});
  EXPECT_EQ(respelled({"-v=99"}), Words(4, "-v"));
  EXPECT_EQ(respelled({"-v=999"}), Words{"-v=999"});
}

// What `-o name` prints is taken by every command that takes a Service or pod.
TEST(KubectlWords, ObjectsMayBeNamedWithTheirKind) {
  const auto shop = tests::shop_snapshot({{"shop-1", "10.0.0.1"}}, "r1");
  for (const char* kind : {"", "service/", "services/", "svc/"}) {
    const auto ran = run_on_snapshot(shop, {"instances", std::string(kind) + "shop", "-o=name"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("pod/"));
  }
  for (const char* kind : {"", "pod/", "pods/", "po/"}) {
    const auto ran =
        run_on_snapshot(shop, {"unregister", std::string(kind) + "nobody", "--dry-run=client"});
    EXPECT_EQ(ran.status, 3);
    EXPECT_THAT(ran.err, HasSubstr("pod \"nobody\""));
  }
  EXPECT_EQ(run_on_snapshot(shop, {"instances", "pod/shop"}).status, 2);
}

}  // namespace
}  // namespace podreg::cli
