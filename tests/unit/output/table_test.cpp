#include "output/table.h"

#include <gtest/gtest.h>

#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string table(const std::vector<TableColumn>& columns, const Rows& rows,
                  const TableStyle& style = {}) {
  CapturedText out;
  write_table(
      columns, rows.size(), [&](std::size_t row, std::size_t column) { return rows[row][column]; },
      style, out);
  return out.text();
}

TEST(Table, ColumnsLineUpWithThreeSpacesBetween) {
  EXPECT_EQ(table({{"NAME"}, {"TYPE"}}, {{"shop-order", "ClusterIP"}, {"a", "b"}}),
            "NAME         TYPE\n"
            "shop-order   ClusterIP\n"
            "a            b\n");
}

TEST(Table, ColumnsLineUpForChineseNames) {
  EXPECT_EQ(table({{"NAME"}, {"TYPE"}}, {{"订单服务", "x"}, {"pay", "y"}}),
            "NAME       TYPE\n"
            "订单服务   x\n"
            "pay        y\n");
}

TEST(Table, NumbersAreAlignedAtTheirEnd) {
  EXPECT_EQ(table({{"NAME"}, {"READY", true}, {"Z"}}, {{"a", "5", "x"}, {"b", "1000000", "y"}}),
            "NAME     READY   Z\n"
            "a            5   x\n"
            "b      1000000   y\n");
}

TEST(Table, NoLineEndsInSpaces) {
  EXPECT_EQ(table({{"A"}, {"B"}}, {{"x", ""}, {"y", "long"}}), "A   B\nx\ny   long\n");
}

TEST(Table, TitlesCanBeLeftOutAndThenDoNotWiden) {
  EXPECT_EQ(table({{"NAMESPACE"}, {"B"}}, {{"x", "y"}}, {.headers = false}), "x   y\n");
}

TEST(Table, WithoutRowsNothingIsPrinted) { EXPECT_EQ(table({{"A"}}, {}), ""); }

TEST(Table, ColourMakesTitlesBoldAndLeavesRowsAlone) {
  EXPECT_EQ(table({{"A"}, {"B"}}, {{"x", "y"}}, {.color = true}), "\x1b[1mA   B\x1b[0m\nx   y\n");
}

TEST(Table, CellsCannotInjectControlSequencesOrLines) {
  EXPECT_EQ(table({{"A"}, {"B"}}, {{"\x1b[2J", "a\nb"}, {"x", "y"}}),
            "A           B\n"
            "\\u001b[2J   a\\nb\n"
            "x           y\n");
}

}  // namespace
}  // namespace podreg::output
