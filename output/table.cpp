#include "output/table.h"

#include <algorithm>
#include <string_view>

#include "output/color.h"
#include "output/terminal_text.h"

namespace podreg::output {

namespace {

constexpr std::size_t kSpaceBetween = 3;

void widen(std::vector<std::size_t>& widths, const std::vector<TableColumn>& columns,
           std::size_t rows, const CellSource& cell, bool headers) {
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::size_t& width = widths[column];
    if (headers) width = std::max(width, display_width(terminal_text(columns[column].title)));
    for (std::size_t row = 0; row < rows; ++row) {
      width = std::max(width, display_width(terminal_text(cell(row, column))));
    }
  }
}

// Lines of one table; holds the text of one line at a time.
class LineWriter {
 public:
  LineWriter(const std::vector<TableColumn>& columns, const std::vector<std::size_t>& widths)
      : columns_(columns), widths_(widths) {}

  // The line without trailing spaces, and without its end. Valid until the next call.
  template <typename Cell>
  std::string_view line(Cell cell) {
    line_.clear();
    for (std::size_t column = 0; column < columns_.size(); ++column) append(column, cell(column));
    line_.resize(line_.find_last_not_of(' ') + 1);
    return line_;
  }

 private:
  void append(std::size_t column, const std::string& cell) {
    const std::string text = terminal_text(cell);
    const std::size_t padding = widths_[column] - std::min(widths_[column], display_width(text));
    if (column > 0) line_.append(kSpaceBetween, ' ');
    if (columns_[column].right_aligned) line_.append(padding, ' ');
    line_ += text;
    if (!columns_[column].right_aligned) line_.append(padding, ' ');
  }

  const std::vector<TableColumn>& columns_;
  const std::vector<std::size_t>& widths_;
  std::string line_;
};

}  // namespace

void StreamedTable::write(std::size_t rows, const CellSource& cell) {
  if (rows == 0) return;
  widen(widths_, columns_, rows, cell, style_.headers);
  LineWriter writer(columns_, widths_);
  if (style_.headers && !std::exchange(has_titles_, true)) {
    const auto titles = writer.line([&](std::size_t column) { return columns_[column].title; });
    out_.write(painted(titles, Paint::bold, style_.color));
    out_.write("\n");
  }
  for (std::size_t row = 0; row < rows; ++row) {
    out_.write(writer.line([&](std::size_t column) { return cell(row, column); }));
    out_.write("\n");
  }
}

void write_table(const std::vector<TableColumn>& columns, std::size_t rows, const CellSource& cell,
                 const TableStyle& style, core::TextSink& out) {
  StreamedTable(columns, style, out).write(rows, cell);
}

}  // namespace podreg::output
