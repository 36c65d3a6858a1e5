// A table as kubectl prints it: a line of titles, then one line for each row, columns lined up.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/streams.h"

namespace podreg::output {

struct TableColumn {
  std::string title;
  bool right_aligned = false;  // for numbers
};

struct TableStyle {
  bool headers = true;
  bool color = false;  // bold titles
};

// The text of one cell, as it came from the cluster; escaping is done here.
using CellSource = std::function<std::string(std::size_t row, std::size_t column)>;

// A table whose rows come a few at a time: a column is as wide as its widest cell so far, so lines
// that were written before may be narrower.
class StreamedTable {
 public:
  // The sink must outlive it.
  StreamedTable(std::vector<TableColumn> columns, const TableStyle& style, core::TextSink& out)
      : columns_(std::move(columns)), style_(style), out_(out), widths_(columns_.size(), 0) {}

  // Writes the titles before the first rows; as write_table() does otherwise.
  void write(std::size_t rows, const CellSource& cell);

 private:
  std::vector<TableColumn> columns_;
  TableStyle style_;
  core::TextSink& out_;
  std::vector<std::size_t> widths_;
  bool has_titles_ = false;
};

// Writes the table; nothing at all without rows. Each cell is asked for twice, once for the widths
// and once when its line is written, so that a long table is never in memory as text; it must be
// the same text both times. Throws what the sink and the source throw.
void write_table(const std::vector<TableColumn>& columns, std::size_t rows, const CellSource& cell,
                 const TableStyle& style, core::TextSink& out);

}  // namespace podreg::output
