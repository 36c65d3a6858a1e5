#include "core/label_selector.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/ascii.h"
#include "core/error.h"

namespace podreg::core {

namespace {

[[noreturn]] void refuse(std::string_view text) {
  throw Error(ErrorKind::usage, fmt::format("the selector \"{}\" is not understood", text),
              "for example app=shop-order,zone!=z1 or 'app in (a,b)'");
}

// At commas that are in no parentheses.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] == '(') ++depth;
    if (i < text.size() && text[i] == ')') --depth;
    if (i < text.size() && (text[i] != ',' || depth > 0)) continue;
    parts.push_back(trimmed(text.substr(begin, i - begin), " "));
    begin = i + 1;
  }
  return parts;
}

bool is_label(std::string_view text) {
  return !text.empty() && text.find_first_of(" ()!=<>,") == std::string_view::npos;
}

}  // namespace

LabelSelector LabelSelector::parse(std::string_view text) {
  LabelSelector selector;
  for (const auto part : split(text)) selector.requirements_.push_back(parse_requirement(part));
  return selector;
}

LabelSelector::Requirement LabelSelector::parse_requirement(std::string_view text) {
  Requirement result;
  const auto equals = text.find('=');
  const auto open = text.find('(');
  if (open != std::string_view::npos) {  // a in (b,c)
    const auto head = trimmed(text.substr(0, open), " ");
    const auto space = head.find(' ');
    if (space == std::string_view::npos || !text.ends_with(')')) refuse(text);
    const auto word = trimmed(head.substr(space), " ");
    if (word != "in" && word != "notin") refuse(text);
    result.label = head.substr(0, space);
    result.negated = word == "notin";
    for (const auto value : split(text.substr(open + 1, text.size() - open - 2)))
      result.values.emplace_back(value);
  } else if (equals != std::string_view::npos) {  // a=b, a==b, a!=b
    result.negated = equals > 0 && text[equals - 1] == '!';
    result.label = trimmed(text.substr(0, result.negated ? equals - 1 : equals), " ");
    const bool twice = !result.negated && text.substr(equals + 1).starts_with('=');
    result.values.emplace_back(trimmed(text.substr(equals + (twice ? 2 : 1)), " "));
    if (result.values.front().find_first_of(" ()!=<>") != std::string::npos) refuse(text);
  } else {  // a, !a
    result.negated = text.starts_with('!');
    result.any_value = true;
    result.label = trimmed(text.substr(result.negated ? 1 : 0), " ");
  }
  if (!is_label(result.label)) refuse(text);
  return result;
}

bool LabelSelector::holds(const Requirement& requirement, const Labels& labels) {
  const auto found = std::ranges::find(labels, requirement.label, &Labels::value_type::first);
  const bool met = found != labels.end() &&
                   (requirement.any_value || std::ranges::find(requirement.values, found->second) !=
                                                 requirement.values.end());
  return met != requirement.negated;
}

bool LabelSelector::matches(const Labels& labels) const {
  return std::ranges::all_of(
      requirements_, [&](const Requirement& requirement) { return holds(requirement, labels); });
}

}  // namespace podreg::core
