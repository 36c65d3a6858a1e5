#include "core/warning.h"

#include <gmock/gmock.h>

namespace podreg::core {
namespace {

using ::testing::AllOf;
using ::testing::AnyOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Warning without_metadata(std::string pod, std::string service = "shop") {
  return {WarningCode::pod_without_metadata,
          "demo",
          std::move(service),
          "10.0.0.1",
          std::move(pod),
          ""};
}

TEST(Warnings, TenPodsWithTheSameFaultAreOneLineWithTheCountAndTheFirstNames) {
  std::vector<Warning> warnings;
  for (int i = 0; i < 10; ++i) warnings.push_back(without_metadata("shop-" + std::to_string(i)));
  EXPECT_THAT(
      grouped_messages(warnings),
      ElementsAre(AllOf(HasSubstr("10 pods"), HasSubstr("shop-0, shop-1, shop-2 and 7 more"),
                        Not(HasSubstr("shop-3")))));
}

TEST(Warnings, OneFaultIsItsOwnSentence) {
  const Warning warning = without_metadata("shop-0");
  EXPECT_THAT(grouped_messages({warning}), ElementsAre(message(warning)));
  EXPECT_THAT(message(warning), HasSubstr("pod \"shop-0\" of Service \"demo/shop\""));
}

TEST(Warnings, DifferentServicesAndCodesAreDifferentLinesInOrder) {
  std::vector<Warning> warnings = {without_metadata("a", "one"), without_metadata("b", "two"),
                                   without_metadata("c", "one")};
  warnings.push_back({WarningCode::endpoint_without_target_ref, "demo", "one", "10.0.0.9", "", ""});
  EXPECT_THAT(grouped_messages(warnings),
              ElementsAre(HasSubstr("2 pods of Service \"demo/one\""), HasSubstr("\"demo/two\""),
                          HasSubstr("address 10.0.0.9")));
}

TEST(Warnings, EveryCodeHasItsOwnNameAndSentence) {
  std::vector<std::string_view> names;
  for (int i = 0; i <= static_cast<int>(WarningCode::pod_without_service); ++i) {
    const auto code = static_cast<WarningCode>(i);
    names.push_back(to_string(code));
    const Warning warning{code, "NS", "SVC", "HOST", "POD", "DETAIL"};
    EXPECT_THAT(message(warning), AnyOf(HasSubstr("SVC"), HasSubstr("POD"), HasSubstr("DETAIL")))
        << to_string(code);
    EXPECT_THAT(grouped_messages({warning, warning}), ElementsAre(HasSubstr("2")))
        << to_string(code);
  }
  std::ranges::sort(names);
  EXPECT_EQ(std::ranges::adjacent_find(names), names.end());
}

}  // namespace
}  // namespace podreg::core
