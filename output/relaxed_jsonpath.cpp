#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "core/error.h"
#include "output/jsonpath.h"

namespace podreg::output {

namespace {

// The parser knows where a '}' is missing; of "{.a} x" it does not, as that is a template.
[[noreturn]] void refuse_unclosed(std::string_view typed) {
  parse_jsonpath(typed);
  throw core::Error(core::ErrorKind::usage, fmt::format("\"{}\" is no path to a field", typed),
                    "for example .host");
}

}  // namespace

JsonPath relaxed_jsonpath(std::string_view typed) {
  auto expression = typed;
  if (expression.starts_with('{')) {
    if (!expression.ends_with('}')) refuse_unclosed(typed);
    expression = expression.substr(1, expression.size() - 2);
  }
  if (expression.starts_with('.')) expression.remove_prefix(1);
  if (expression.empty()) {
    throw core::Error(core::ErrorKind::usage, "an empty text is no path to a field",
                      "for example .host");
  }
  const bool steps = expression.starts_with('[') || expression.starts_with('@');
  const std::string before = steps ? "{" : "{.";
  const auto offset =
      (expression.data() - typed.data()) - static_cast<std::ptrdiff_t>(before.size());
  return JsonPath(fmt::format("{}{}}}", before, expression), TypedTemplate{typed, offset});
}

}  // namespace podreg::output
