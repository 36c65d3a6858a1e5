#include "cli/secret_arguments.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

namespace podreg::cli {

namespace {

constexpr std::array<std::string_view, 3> kSecretFlags = {"--token", "--password", "--registry"};

void hide(char* text) { std::fill_n(text, std::strlen(text), 'x'); }

}  // namespace

void hide_secret_arguments(std::span<char*> arguments) {
  bool is_value = false;
  for (char* argument : arguments) {
    const std::string_view word(argument);
    if (std::exchange(is_value, false)) {
      hide(argument);
      continue;
    }
    for (const auto flag : kSecretFlags) {
      is_value = is_value || word == flag;
      const bool has_value =
          word.size() > flag.size() && word.starts_with(flag) && word[flag.size()] == '=';
      if (has_value) hide(argument + flag.size() + 1);
    }
  }
}

}  // namespace podreg::cli
