#include "output/templates.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "core/error.h"
#include "output/item_document.h"
#include "output/table.h"

namespace podreg::output {

namespace {

// Commas inside of brackets are not between columns.
std::vector<std::string_view> split_columns(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '[' || text[i] == '{' || text[i] == '(') ++depth;
    if (text[i] == ']' || text[i] == '}' || text[i] == ')') --depth;
    if (text[i] != ',' || depth > 0) continue;
    parts.push_back(text.substr(begin, i - begin));
    begin = i + 1;
  }
  parts.push_back(text.substr(begin));
  return parts;
}

}  // namespace

std::vector<CustomColumn> parse_custom_columns(std::string_view text) {
  std::vector<CustomColumn> columns;
  for (const auto part : split_columns(text)) {
    const auto colon = part.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == part.size()) {
      throw core::Error(core::ErrorKind::usage,
                        fmt::format("custom-columns: \"{}\" is no TITLE:PATH", part),
                        "for example -o custom-columns=POD:.pod,PORT:.port");
    }
    columns.push_back(
        {std::string(part.substr(0, colon)), relaxed_jsonpath(part.substr(colon + 1))});
  }
  return columns;
}

void write_custom_columns(const Listing& listing, const std::vector<CustomColumn>& columns,
                          bool headers, bool color, core::TextSink& out) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    const auto item = item_document(listing, i);
    auto& row = rows.emplace_back();
    for (const auto& column : columns) {
      const auto results = column.path.results(item);
      row.push_back(results.empty() ? std::string(kNone)
                                    : fmt::format("{}", fmt::join(results, ",")));
    }
  }
  std::vector<TableColumn> titles;
  for (const auto& column : columns) titles.push_back({column.title});
  const auto cell = [&](std::size_t row, std::size_t column) { return rows[row][column]; };
  write_table(titles, rows.size(), cell, {headers, color}, out);
}

}  // namespace podreg::output
