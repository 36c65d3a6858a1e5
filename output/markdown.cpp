#include "output/markdown.h"

#include <string>
#include <string_view>

#include "output/terminal_text.h"

namespace podreg::output {

namespace {

std::string escaped(const std::string& cell) {
  std::string text;
  for (const char c : terminal_text(cell)) {
    if (c == '<') {
      text += "&lt;";
    } else if (c == '&') {
      text += "&amp;";
    } else {
      if (std::string_view("|\\`*_[]~").find(c) != std::string_view::npos) text += '\\';
      text += c;
    }
  }
  return text;
}

}  // namespace

void write_markdown(const std::vector<TableColumn>& columns, std::size_t rows,
                    const CellSource& cell, bool headers, core::TextSink& out) {
  if (rows == 0) return;
  if (headers) {
    std::string titles = "|";
    std::string rule = "|";
    for (const auto& column : columns) {
      titles += " " + escaped(column.title) + " |";
      rule += column.right_aligned ? " ---: |" : " --- |";
    }
    out.write(titles + "\n" + rule + "\n");
  }
  for (std::size_t row = 0; row < rows; ++row) {
    std::string line = "|";
    for (std::size_t i = 0; i < columns.size(); ++i) line += " " + escaped(cell(row, i)) + " |";
    out.write(line + "\n");
  }
}

}  // namespace podreg::output
