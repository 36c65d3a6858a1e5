#include "core/finding.h"

#include <gmock/gmock.h>

#include <set>

namespace podreg::core {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Finding, EveryRowOfTheCatalogueIsASentenceWithARemedy) {
  std::set<std::string_view> names;
  for (const auto& kind : finding_kinds()) {
    const Finding finding{kind.code, "NS", "pod/NAME", "SERVICE", "DETAIL", "ADVICE"};
    EXPECT_TRUE(names.insert(kind.name).second) << kind.name;
    EXPECT_THAT(message(finding), Not(HasSubstr("{"))) << kind.name;
    EXPECT_FALSE(remedy(finding).empty()) << kind.name;
    EXPECT_FALSE(message(finding).ends_with('.')) << kind.name;
    EXPECT_EQ(&kind_of(kind.code), &kind);
    EXPECT_EQ(find_kind(kind.name), &kind);
  }
}

TEST(Finding, ANameIsFoundInAnyCase) {
  ASSERT_NE(find_kind("podnotready"), nullptr);
  EXPECT_EQ(find_kind("podnotready")->code, FindingCode::pod_not_ready);
  EXPECT_EQ(find_kind("PodNotRead"), nullptr);
}

TEST(Finding, TheMostSevereComesFirstAndEachOnce) {
  std::vector<Finding> findings = {{FindingCode::several_applications, "", "a"},
                                   {FindingCode::url_refused, "", "b"},
                                   {FindingCode::pod_not_ready, "", "c"},
                                   {FindingCode::not_registered, "", "d"},
                                   {FindingCode::url_refused, "", "b"}};
  sort(findings);
  std::string order;
  for (const auto& finding : findings) order += finding.object;
  EXPECT_EQ(order, "dbca");
}

// Names that were in a release and are no more; they must not come back with another meaning.
TEST(Finding, ARetiredNameIsNotUsedAgain) {
  for (const auto name : retired_findings()) EXPECT_EQ(find_kind(name), nullptr) << name;
}

}  // namespace
}  // namespace podreg::core
