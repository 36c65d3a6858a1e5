#include "core/mapping_cache_file.h"

#include <gmock/gmock.h>

#include "core/error.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

TEST(MappingCacheFile, HasALineForEachInterface) {
  EXPECT_THAT(parse_mapping_cache("#Dubbo metadata cache\n#Thu Nov 27 09:00:00 UTC 2025\n"
                                  "com.example.OrderService=[\"shop-b\",\"shop-a\"]\n"
                                  "com.example.StockService=[\"shop-stock\"]\n"),
              ElementsAre(Pair("com.example.OrderService", ElementsAre("shop-a", "shop-b")),
                          Pair("com.example.StockService", ElementsAre("shop-stock"))));
}

TEST(MappingCacheFile, LinesMayEndAsOnAnySystem) {
  EXPECT_THAT(parse_mapping_cache("a.A=[\"x\"]\r\nb.B=[\"y\"]\rc.C=[\"z\"]"), SizeIs(3));
}

TEST(MappingCacheFile, MayBeEmpty) {
  EXPECT_THAT(parse_mapping_cache(""), IsEmpty());
  EXPECT_THAT(parse_mapping_cache("#nothing yet\n\n"), IsEmpty());
}

TEST(MappingCacheFile, RepeatedAndEmptyApplicationsAreDropped) {
  EXPECT_THAT(parse_mapping_cache("a.A=[\"x\",\"\",\"x\"]\nb.B=[]\n"),
              ElementsAre(Pair("a.A", ElementsAre("x")), Pair("b.B", IsEmpty())));
}

TEST(MappingCacheFile, TheLastLineOfAnInterfaceCounts) {
  EXPECT_THAT(parse_mapping_cache("a.A=[\"x\"]\na.A=[\"y\"]\n"),
              ElementsAre(Pair("a.A", ElementsAre("y"))));
}

TEST(MappingCacheFile, LinesWithoutEqualsSignMeanNothing) {
  EXPECT_THAT(parse_mapping_cache("com.example.OrderService\na.A=[\"x\"]=more\n"),
              ElementsAre(Pair("a.A", ElementsAre("x"))));
}

TEST(MappingCacheFile, NoMoreEntriesAreReadThanDubboReads) {
  std::string text;
  for (int i = 0; i < 10'001; ++i) text += "i." + std::to_string(i) + "=[\"x\"]\n";
  EXPECT_THAT(parse_mapping_cache(text), SizeIs(10'000));
}

std::string refusal(const std::string& text) {
  try {
    parse_mapping_cache(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
    return std::string(error.what()).substr(0, 9);
  }
  return "";
}

TEST(MappingCacheFile, AListThatIsNoneIsRefusedByItsLine) {
  EXPECT_EQ(refusal("#\na.A=[\"x\"]\nb.B=[\"y\"\n"), "line 3 is");
  EXPECT_EQ(refusal("a.A=\n"), "line 1 is");
  EXPECT_EQ(refusal("a.A=\"x\"\n"), "line 1 is");
  EXPECT_EQ(refusal("a.A=[1]\n"), "line 1 is");
  EXPECT_EQ(refusal("a.A=[\"\xff\"]\n"), "line 1 is");
  EXPECT_EQ(refusal("a.A=" + std::string(100'000, '[') + "\n"), "line 1 is");
}

}  // namespace
}  // namespace podreg::core
