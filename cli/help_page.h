// A page of help: paragraphs, lists with descriptions and lists of names, each within the columns
// of a terminal, with one empty line between its parts.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace podreg::cli {

// Where there is no terminal.
inline constexpr std::size_t kHelpColumns = 80;

// How wide help is on a terminal of so many columns; 0: there is none. Longer lines are hard to
// read, and words do not fit into much shorter ones.
std::size_t help_columns(std::size_t of_terminal);

struct HelpEntry {
  std::string term;
  std::string text;
};

class HelpPage {
 public:
  explicit HelpPage(std::size_t columns) : columns_(columns) {}

  // Begins a part with a line, such as "Examples:"; what follows belongs to it. When it does not
  // fit, it goes on in lines that are indented.
  void heading(std::string_view text);

  // A part of its own.
  void paragraph(std::string_view text);

  // A line for each entry, its text in a column of its own, wrapped; a term that is wider than that
  // column allows has a line to itself.
  void entries(const std::vector<HelpEntry>& entries);

  // Side by side, as many as fit in a line.
  void names(const std::vector<std::string>& names);

  // Command lines. One that is too long goes on in the next line, as a shell reads it.
  void examples(const std::vector<std::string>& lines);

  std::string text() && { return std::move(text_); }

 private:
  void begin_part();

  std::size_t columns_;
  std::string text_;
};

}  // namespace podreg::cli
