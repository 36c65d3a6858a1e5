#include "cli/secret_arguments.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <utility>

#include "k8s/masking.h"

namespace podreg::cli {

namespace {

// Dubbo's own token is an attachment of a call.
constexpr std::array<std::string_view, 5> kSecretFlags = {"--token", "--password", "--registry",
                                                          "--proxy-url", "--attachment"};

// A URL with a user's password, or a parameter such as oauthToken.
bool holds_secret(std::string_view word) { return k8s::mask_url(word) != word; }

void hide(char* text) { std::fill_n(text, std::strlen(text), 'x'); }

}  // namespace

void hide_secret_arguments(std::span<char*> arguments) {
  bool is_value = false;
  for (char* argument : arguments) {
    if (std::exchange(is_value, false)) {
      hide(argument);
      continue;
    }
    for (const auto flag : kSecretFlags) {
      const std::string_view word(argument);
      is_value = is_value || word == flag;
      const bool has_value =
          word.size() > flag.size() && word.starts_with(flag) && word[flag.size()] == '=';
      if (has_value) hide(argument + flag.size() + 1);
    }
    if (holds_secret(argument)) hide(argument);
  }
}

}  // namespace podreg::cli
