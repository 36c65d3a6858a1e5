#include "core/choice.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <vector>

#include "core/error.h"
#include "core/nearest.h"

namespace podreg::core {

void refuse_choice(std::string_view flag, std::string_view value,
                   std::initializer_list<std::string_view> choices, std::string_view otherwise) {
  const std::vector<std::string_view> words(choices);
  throw Error(ErrorKind::usage,
              fmt::format("{}: \"{}\" is neither {} nor {}", flag, value,
                          fmt::join(words.begin(), words.end() - 1, ", "), words.back()),
              did_you_mean(value, words, otherwise));
}

}  // namespace podreg::core
