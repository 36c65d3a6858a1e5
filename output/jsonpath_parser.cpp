#include "output/jsonpath_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/error.h"
#include "output/jsonpath_quote.h"

namespace podreg::output {

namespace {

using Kind = PathNode::Kind;
using Nodes = std::vector<PathNode>;

bool is_space(char c) { return c == ' ' || c == '\t'; }
bool is_line_end(char c) { return c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
// Letters of other alphabets are bytes beyond ASCII here.
bool is_word(char c) {
  return c == '_' || is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         (c & 0x80) != 0;
}
bool ends_word(char c) {
  return is_space(c) || is_line_end(c) || std::string_view(".,[]$@{}").find(c) != std::string::npos;
}

template <typename Number>
std::optional<Number> number_of(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

class Parser {
 public:
  Parser(std::string_view text, TypedTemplate typed) : text_(text), typed_(typed) {}

  Nodes parse() {
    Nodes nodes;
    while (at_ < text_.size()) {
      const auto brace = std::min(text_.find('{', at_), text_.size());
      if (brace > at_) {
        nodes.push_back({.kind = Kind::text, .text = std::string(text_.substr(at_, brace - at_))});
      }
      at_ = brace;
      if (at_ == text_.size()) break;
      ++at_;
      auto expression = parse_expression();
      nodes.push_back({.kind = Kind::list,
                       .text = std::string(text_.substr(brace, at_ - brace)),
                       .lists = {std::move(expression)}});
    }
    return nodes;
  }

 private:
  [[noreturn]] void refuse(const std::string& why) const { refuse_at(at_, why); }

  [[noreturn]] void refuse_at(std::size_t place, const std::string& why) const {
    throw core::Error(
        core::ErrorKind::usage,
        fmt::format("jsonpath \"{}\", character {}: {}", typed_.text, shown(place), why),
        "for example {.items[*].host}");
  }

  // Counted from 1, as people count; bytes inside of a character do not count.
  std::size_t shown(std::size_t place) const {
    const auto at = static_cast<std::ptrdiff_t>(place) + typed_.offset;
    const auto before =
        typed_.text.substr(0, static_cast<std::size_t>(std::max<std::ptrdiff_t>(at, 0)));
    return 1 + static_cast<std::size_t>(
                   std::ranges::count_if(before, [](char c) { return (c & 0xc0) != 0x80; }));
  }

  bool done() const { return at_ >= text_.size(); }
  bool sees(std::string_view prefix) const { return text_.substr(at_).starts_with(prefix); }

  // Behind the '{', up to and with the '}'.
  Nodes parse_expression() {
    Nodes nodes;
    while (true) {
      if (done() || is_line_end(text_[at_])) refuse("an expression is not closed with }");
      if (sees("}")) break;
      parse_step(nodes);
    }
    ++at_;
    return nodes;
  }

  void parse_step(Nodes& nodes) {
    const char c = text_[at_];
    if (sees("[?(")) return parse_filter(nodes);
    if (sees("..")) return parse_recursive(nodes);
    if (c == ' ' || c == '@' || c == '$') {  // the current object
      ++at_;
    } else if (c == '[') {
      parse_array(nodes);
    } else if (c == '"' || c == '\'') {
      nodes.push_back({.kind = Kind::text, .text = parse_quoted(c)});
    } else if (c == '.') {
      ++at_;
      parse_field(nodes);
    } else if (c == '+' || c == '-' || is_digit(c)) {
      parse_number(nodes);
    } else if (is_word(c)) {
      parse_identifier(nodes);
    } else {
      refuse(fmt::format("'{}' is not expected in an expression", c));
    }
  }

  void parse_identifier(Nodes& nodes) {
    const auto begin = at_;
    while (!done() && !ends_word(text_[at_])) ++at_;
    std::string word(text_.substr(begin, at_ - begin));
    if (word == "true" || word == "false") {
      nodes.push_back({.kind = Kind::boolean, .boolean = word == "true"});
    } else if (word == "range" || word == "end") {
      nodes.push_back({.kind = Kind::identifier, .text = std::move(word)});
    } else {
      refuse(fmt::format("{} is neither range nor end; a field has a '.' before it", word));
    }
  }

  void parse_recursive(Nodes& nodes) {
    if (!nodes.empty() && nodes.back().kind == Kind::recursive) refuse(".. twice");
    at_ += 2;
    nodes.push_back({.kind = Kind::recursive});
    if (!done() && is_word(text_[at_])) parse_field(nodes);
  }

  void parse_number(Nodes& nodes) {
    const auto begin = at_++;
    while (!done() && (text_[at_] == '.' || is_digit(text_[at_]))) ++at_;
    const auto word = text_.substr(begin, at_ - begin);
    if (const auto integer = number_of<std::int64_t>(word)) {
      nodes.push_back({.kind = Kind::integer, .integer = *integer});
    } else if (const auto floating = number_of<double>(word)) {
      nodes.push_back({.kind = Kind::floating, .floating = *floating});
    } else {
      refuse(fmt::format("{} is no number", word));
    }
  }

  // A backslash takes the meaning of what ends a field: .kubernetes\.io/hostname.
  void parse_field(Nodes& nodes) {
    std::string name;
    for (; !done() && !ends_word(text_[at_]); ++at_) {
      if (text_[at_] != '\\') {
        name += text_[at_];
      } else if (at_ + 1 < text_.size()) {
        name += text_[++at_];
      }
    }
    const bool all = name == "*";
    nodes.push_back({.kind = all ? Kind::wildcard : Kind::field, .text = std::move(name)});
  }

  std::string parse_quoted(char quote) {
    const auto begin = at_++;
    while (true) {
      if (done() || text_[at_] == '\n') refuse("a quoted text is not closed");
      if (text_[at_] == quote && text_[at_ - 1] != '\\') break;
      ++at_;
    }
    ++at_;
    const auto inside = text_.substr(begin + 1, at_ - begin - 2);
    auto unquoted = unquote(inside, quote);
    if (!unquoted) refuse(fmt::format("{0}{1}{0} has an escape that there is not", quote, inside));
    return *unquoted;
  }

  void parse_array(Nodes& nodes) {
    const auto end = text_.find_first_of("]\n", at_);
    if (end == std::string_view::npos || text_[end] == '\n') refuse("a [ is not closed");
    const auto inside = text_.substr(at_ + 1, end - at_ - 1);
    at_ = end + 1;
    if (inside.find(',') == std::string_view::npos) {
      add_index(inside, nodes);
    } else {
      add_either(inside, nodes);
    }
  }

  void add_either(std::string_view inside, Nodes& nodes) const {
    PathNode either{.kind = Kind::either};
    for (std::size_t begin = 0; begin <= inside.size();) {
      const auto end = std::min(inside.find(',', begin), inside.size());
      auto member = inside.substr(begin, end - begin);
      while (member.starts_with(' ')) member.remove_prefix(1);
      while (member.ends_with(' ')) member.remove_suffix(1);
      add_index(member, either.lists.emplace_back());
      begin = end + 1;
    }
    nodes.push_back(std::move(either));
  }

  // ['name'], which may be a path itself, [*] and [from:to:step].
  void add_index(std::string_view inside, Nodes& nodes) const {
    const bool quoted = inside.size() >= 2 && inside.front() == '\'' && inside.back() == '\'' &&
                        inside.find('\'', 1) == inside.size() - 1;
    if (quoted) {
      for (auto& node : nested(".", inside.substr(1, inside.size() - 2))) {
        nodes.push_back(std::move(node));
      }
    } else {
      nodes.push_back(slice_of(inside == "*" ? ":" : inside));
    }
  }

  PathNode slice_of(std::string_view inside) const {
    PathNode array{.kind = Kind::array};
    std::size_t place = 0;
    for (std::string_view rest = inside; place < 3; ++place) {
      const auto part = rest.substr(0, rest.find(':'));
      if (!part.empty()) {
        const auto number = part.starts_with('+') ? std::nullopt : number_of<int>(part);
        if (!number) refuse(fmt::format("[{}] is no index", inside));
        array.range[place] = {.value = *number, .known = true};
      }
      if (part.size() == rest.size()) break;
      rest.remove_prefix(part.size() + 1);
    }
    if (place == 3) refuse(fmt::format("[{}] is no index", inside));
    if (place == 0) {
      array.range[1] = {.value = array.range[0].value + 1, .known = true, .derived = true};
    }
    return array;
  }

  // Up to the ")]" that stands in no quotes.
  void parse_filter(Nodes& nodes) {
    at_ += 3;
    const auto begin = at_;
    char quote = 0;
    bool closed = true;
    for (;; ++at_) {
      if (done() || text_[at_] == '\n') refuse("a filter is not closed with )]");
      const char c = text_[at_];
      if ((c == '"' || c == '\'') && quote == 0) {
        quote = c;
        closed = false;
      } else if (c == quote && text_[at_ - 1] != '\\') {
        closed = true;
      } else if (c == ')' && closed) {
        break;
      }
    }
    const auto inside = text_.substr(begin, at_ - begin);
    ++at_;
    if (!sees("]")) refuse("a filter is not closed with )]");
    ++at_;
    nodes.push_back(filter_of(inside));
  }

  PathNode filter_of(std::string_view inside) const {
    const auto is_operator = [](char c) { return c == '!' || c == '<' || c == '>' || c == '='; };
    const auto* const begin = std::ranges::find_if(inside, is_operator);
    const auto* const end = std::find_if_not(begin, inside.end(), is_operator);
    PathNode filter{.kind = Kind::filter};
    if (begin == inside.begin() || begin == inside.end() || end == inside.end()) {
      filter.text = "exists";
      filter.lists = {nested("", inside), {}};
      return filter;
    }
    filter.text = std::string(begin, end);
    if (filter.text != "==" && filter.text != "!=" && filter.text != "<" && filter.text != ">" &&
        filter.text != "<=" && filter.text != ">=") {
      refuse_at(static_cast<std::size_t>(begin - text_.data()),
                fmt::format("there is no operator {}", filter.text));
    }
    filter.lists = {nested("", {inside.begin(), begin}), nested("", {end, inside.end()})};
    return filter;
  }

  // `expression` is a part of the text; `before` is to stand before it.
  Nodes nested(std::string_view before, std::string_view expression) const {
    const auto begin = static_cast<std::ptrdiff_t>(expression.data() - text_.data());
    const auto added = static_cast<std::ptrdiff_t>(before.size()) + 1;
    auto nodes = parse_jsonpath(fmt::format("{{{}{}}}", before, expression),
                                TypedTemplate{typed_.text, typed_.offset + begin - added});
    if (nodes.size() != 1 || nodes[0].kind != Kind::list) {
      refuse(fmt::format("{} is no expression", expression));
    }
    return std::move(nodes[0].lists[0]);
  }

  std::string_view text_;
  TypedTemplate typed_;
  std::size_t at_ = 0;
};

}  // namespace

std::vector<PathNode> parse_jsonpath(std::string_view text, std::optional<TypedTemplate> typed) {
  return Parser(text, typed.value_or(TypedTemplate{text, 0})).parse();
}

}  // namespace podreg::output
