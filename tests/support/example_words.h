// Examples in texts: lines that somebody could type into a shell, and the words of podreg's part.
#pragma once

#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::tests {

// The words behind `podreg`, as a shell splits them: quotes, comments, and everything behind a pipe
// or redirection, which is not podreg's. Backslashes do not occur in examples.
inline std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool open = false;  // a word has begun, which may be empty
  char quote = 0;
  for (const char c : line) {
    if (quote != 0) {
      if (c == quote) {
        quote = 0;
      } else {
        word += c;
      }
    } else if (c == '\'' || c == '"') {
      quote = c;
      open = true;
    } else if (c == ' ') {
      if (open) words.push_back(word);
      word.clear();
      open = false;
    } else if (!open && (c == '#' || c == '|' || c == '>')) {
      break;
    } else {
      word += c;
      open = true;
    }
  }
  if (quote != 0) throw std::runtime_error("a quote is open: " + line);
  if (open) words.push_back(word);
  return {words.begin() + (words.empty() ? 0 : 1), words.end()};
}

// The indented lines of a text that run podreg, from its name on; prompts, comments and what stands
// before a pipe are dropped.
inline std::vector<std::string> example_lines(const std::string& text) {
  std::vector<std::string> examples;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("  ")) continue;
    std::string_view rest = line;
    rest.remove_prefix(rest.find_first_not_of(' ') == rest.npos ? rest.size()
                                                                : rest.find_first_not_of(' '));
    if (rest.starts_with("$ ")) rest.remove_prefix(2);
    constexpr std::string_view kBuilt = "build/release/bin/";
    if (rest.starts_with(kBuilt)) rest.remove_prefix(kBuilt.size());
    if (const auto pipe = rest.find("| podreg "); pipe != rest.npos) rest.remove_prefix(pipe + 2);
    rest = rest.substr(0, rest.find(" # "));
    rest = rest.substr(0, rest.find_last_not_of(' ') + 1);
    if (rest.starts_with("podreg ")) examples.emplace_back(rest);
  }
  return examples;
}

// What a text shows of a run: the command behind "$ ", and the lines below it until an empty one.
struct ShownBlock {
  std::string command;
  std::string output;
};

inline std::vector<ShownBlock> shown_blocks(const std::string& text) {
  constexpr std::string_view kIndent = "    ";
  std::vector<ShownBlock> blocks;
  bool open = false;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(kIndent)) {
      open = false;
      continue;
    }
    line.erase(0, kIndent.size());
    if (line.starts_with("$ ")) {
      blocks.push_back({line.substr(2), ""});
      open = true;
    } else if (open) {
      blocks.back().output += line + "\n";
    }
  }
  return blocks;
}

}  // namespace podreg::tests
