#include "k8s/server_warnings.h"

#include <gmock/gmock.h>

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(ParseWarnings, TheTextIsTakenFromItsQuotes) {
  EXPECT_THAT(parse_warnings(R"(299 - "some \"text\"")"), ElementsAre("some \"text\""));
}

TEST(ParseWarnings, SeveralInOneHeaderAreAllTaken) {
  EXPECT_THAT(parse_warnings(R"(299 - "a, b" "Mon, 01 Jan 2024 00:00:00 GMT", 299 host "c")"),
              ElementsAre("a, b", "c"));
}

TEST(ParseWarnings, OtherCodesAndWhatIsNotWellFormedAreLeftOut) {
  EXPECT_THAT(parse_warnings(R"(199 - "miscellaneous")"), IsEmpty());
  for (const char* header : {"", "299", "299 -", "299 - text", R"(299 - "no end)", R"(299 - "\)"}) {
    EXPECT_THAT(parse_warnings(header), IsEmpty()) << header;
  }
}

TEST(ServerWarnings, EachTextIsShownOnceAndThatAboutEndpointsNever) {
  std::vector<std::string> shown;
  ServerWarnings warnings([&](const std::string& text) { shown.push_back(text); });
  warnings.take(
      {R"(299 - "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice")",
       R"(299 - "one")", R"(299 - "two")"});
  warnings.take({R"(299 - "one")", R"(299 - "v1 ComponentStatus is deprecated in v1.19+")"});
  EXPECT_THAT(shown, ElementsAre("one", "two", "v1 ComponentStatus is deprecated in v1.19+"));
}

TEST(ServerWarnings, NeitherLongNorEndlessTextsArePassedOn) {
  std::vector<std::string> shown;
  ServerWarnings warnings([&](const std::string& text) { shown.push_back(text); });
  for (int i = 0; i < 1'000; ++i) {
    warnings.take({"299 - \"" + std::to_string(i) + std::string(1'000, 'x') + '"'});
  }
  EXPECT_EQ(shown.size(), 100U);
  EXPECT_EQ(shown.front(), "0" + std::string(499, 'x') + "…");
}

}  // namespace
}  // namespace podreg::k8s
