#include "core/label_selector.h"

#include <gtest/gtest.h>

#include "core/error.h"

namespace podreg::core {
namespace {

const Labels kLabels = {{"app", "shop"}, {"zone", "z1"}};

TEST(LabelSelector, MatchesAsKubectlDoes) {
  for (const char* text :
       {"app=shop", "app==shop", "app=shop,zone=z1", "app!=x", "none!=x", "app", "!none",
        "app in (x,shop)", "app notin (x, y)", "none notin (x)", " app = shop , zone in ( z1 ) "}) {
    EXPECT_TRUE(LabelSelector::parse(text).matches(kLabels)) << text;
  }
  for (const char* text : {"app=x", "app!=shop", "none", "!app", "app in (x)", "app notin (shop)",
                           "none in (x)", "app=shop,zone=z2"}) {
    EXPECT_FALSE(LabelSelector::parse(text).matches(kLabels)) << text;
  }
}

TEST(LabelSelector, RefusesWhatItDoesNotUnderstand) {
  for (const char* text : {"", ",", "a=b,", "=b", "a in b", "a in (b", "a of (b)", "a b", "!",
                           "a>1", "a=b=c", "(a)"}) {
    EXPECT_THROW(LabelSelector::parse(text), Error) << text;
  }
}

}  // namespace
}  // namespace podreg::core
