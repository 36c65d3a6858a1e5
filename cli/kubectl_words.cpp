#include "cli/kubectl_words.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

namespace podreg::cli {

namespace {

// kubectl's level of a word that sets it.
std::optional<int> level_of(std::string_view word) {
  for (const std::string_view flag : {"--v=", "-v=", "-v"}) {
    if (!word.starts_with(flag)) continue;
    const auto digits = word.substr(flag.size());
    if (digits.empty() || digits.size() > 2) return std::nullopt;
    if (digits.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    return std::stoi(std::string(digits));
  }
  return std::nullopt;
}

// Up to 5 kubectl tells about itself, not about requests.
std::size_t times_verbose(int level) {
  return static_cast<std::size_t>(std::clamp(level - 5, 0, 4));
}

bool is_short_with_equals(std::string_view word) {
  return word.size() > 3 && word[0] == '-' && word[1] != '-' && word[2] == '=';
}

void take_kinds(CLI::Option& option, std::initializer_list<std::string_view> kinds) {
  option.transform(CLI::Validator(
      [kinds = std::vector(kinds)](std::string& name) {
        for (const std::string_view kind : kinds) {
          if (!name.starts_with(kind)) continue;
          name.erase(0, kind.size());
          break;
        }
        return std::string();
      },
      ""));
}

}  // namespace

void respell_kubectl_flags(std::vector<std::string>& words, const TakesValue& takes_value) {
  std::vector<std::string> respelled;
  auto word = words.begin();
  for (; word != words.end() && *word != "--"; ++word) {
    if (const auto level = level_of(*word)) {
      respelled.insert(respelled.end(), times_verbose(*level), "-v");
      continue;
    }
    if (is_short_with_equals(*word) && takes_value(word->substr(0, 2))) word->erase(2, 1);
    respelled.push_back(*word);
  }
  respelled.insert(respelled.end(), word, words.end());
  words = std::move(respelled);
}

void take_resource_names(CLI::App& command) {
  for (CLI::Option* option : command.get_options()) {
    const auto name = option->get_name(/*positional=*/true);
    if (name.find("SERVICE") != std::string::npos) {
      take_kinds(*option, {"service/", "services/", "svc/"});
    }
    if (name == "POD") take_kinds(*option, {"pod/", "pods/", "po/"});
  }
}

}  // namespace podreg::cli
