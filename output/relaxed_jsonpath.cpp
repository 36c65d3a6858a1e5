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

JsonPath relaxed_jsonpath(std::string_view expression) {
  auto path = expression;
  if (path.starts_with('{')) {
    if (!path.ends_with('}')) refuse_unclosed(expression);
    path = path.substr(1, path.size() - 2);
  }
  if (path.starts_with('.')) path.remove_prefix(1);
  if (path.empty()) {
    throw core::Error(core::ErrorKind::usage, "an empty text is no path to a field",
                      "for example .host");
  }
  const bool steps = path.starts_with('[') || path.starts_with('@');
  const std::string before = steps ? "{" : "{.";
  const auto offset =
      (path.data() - expression.data()) - static_cast<std::ptrdiff_t>(before.size());
  return JsonPath(fmt::format("{}{}}}", before, path), TypedTemplate{expression, offset});
}

}  // namespace podreg::output
