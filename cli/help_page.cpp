#include "cli/help_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "output/terminal_text.h"
#include "output/wrapped_text.h"

namespace podreg::cli {

namespace {

using output::display_width;

constexpr std::size_t kIndent = 2;
constexpr std::size_t kGap = 2;
constexpr std::size_t kWidestTerm = 26;
constexpr std::size_t kFewestColumns = 50;
constexpr std::size_t kMostColumns = 100;

std::size_t width_of_terms(const std::vector<HelpEntry>& entries) {
  std::size_t width = 0;
  for (const auto& entry : entries) {
    const auto one = display_width(entry.term);
    if (one <= kWidestTerm) width = std::max(width, one);
  }
  return width;
}

// The last space outside of quotes where the line may end; npos when there is none.
std::size_t place_to_break(std::string_view line, std::size_t columns) {
  std::size_t place = std::string_view::npos;
  char quote = 0;
  for (std::size_t i = 0; i < line.size() && i < columns; ++i) {
    const char c = line[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '#' && place + 1 == i) {
      break;  // a comment ends with its line
    } else if (c == ' ' && i > 0) {
      place = i;
    }
  }
  return place;
}

}  // namespace

std::size_t help_columns(std::size_t of_terminal) {
  return of_terminal == 0 ? kHelpColumns : std::clamp(of_terminal, kFewestColumns, kMostColumns);
}

void HelpPage::begin_part() {
  if (!text_.empty()) text_ += '\n';
}

void HelpPage::heading(std::string_view text) {
  begin_part();
  text_.append(output::wrapped(text, {columns_, 0, kIndent})).append("\n");
}

void HelpPage::paragraph(std::string_view text) {
  begin_part();
  text_.append(output::wrapped(text, {columns_, 0, 0})).append("\n");
}

void HelpPage::entries(const std::vector<HelpEntry>& entries) {
  const auto width = width_of_terms(entries);
  const auto indent = kIndent + width + kGap;
  for (const auto& [term, text] : entries) {
    const auto own = display_width(term);
    text_.append(kIndent, ' ').append(term);
    if (own > width) {
      text_.append("\n").append(indent, ' ');
    } else {
      text_.append(width - own + kGap, ' ');
    }
    text_.append(output::wrapped(text, {columns_, indent, indent})).append("\n");
  }
}

void HelpPage::names(const std::vector<std::string>& names) {
  std::size_t column = 0;
  for (const auto& name : names) {
    const auto width = display_width(name);
    if (column != 0 && column + kGap + width > columns_) {
      text_ += '\n';
      column = 0;
    }
    text_.append(column == 0 ? kIndent : kGap, ' ').append(name);
    column += kGap + width;  // the indentation is as wide as the gap
  }
  if (!names.empty()) text_ += '\n';
}

void HelpPage::examples(const std::vector<std::string>& lines) {
  constexpr std::string_view kGoesOn = " \\";
  for (std::string_view line : lines) {
    std::size_t indent = kIndent;
    while (indent + display_width(line) > columns_) {
      const auto place = place_to_break(line, columns_ - indent - kGoesOn.size() + 1);
      if (place == std::string_view::npos) break;
      text_.append(indent, ' ').append(line.substr(0, place)).append(kGoesOn).append("\n");
      line.remove_prefix(place + 1);
      indent = 3 * kIndent;
    }
    text_.append(indent, ' ').append(line).append("\n");
  }
}

}  // namespace podreg::cli
