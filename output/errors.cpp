#include "output/errors.h"

#include <algorithm>
#include <cstddef>
#include <string>

#include "output/color.h"
#include "output/emitter.h"
#include "output/terminal_text.h"

namespace podreg::output {

namespace {

constexpr std::size_t kErrorsShown = 10;

void print_hint(std::string_view hint, core::TextSink& err) {
  while (!hint.empty()) {
    const std::size_t end = std::min(hint.find('\n'), hint.size());
    err.write("hint: " + terminal_text(hint.substr(0, end)) + "\n");
    hint.remove_prefix(std::min(end + 1, hint.size()));
  }
}

void print_object(const ErrorText& error, core::TextSink& err) {
  const auto json = make_json_emitter(err, JsonLayout::compact);
  json->begin_object();
  json->field("apiVersion", "podreg/v1");
  json->field("kind", "Error");
  json->field("code", error.exit_status);
  json->field("message", error.message);
  json->field("hint", error.hint);
  json->end_object();
  json->end_document();
}

}  // namespace

void print_errors(const std::vector<ErrorText>& errors, const ErrorStyle& style,
                  core::TextSink& err) {
  const std::string prefix = "podreg: " + painted("error:", Paint::red, style.color) + " ";
  const std::size_t shown = std::min(errors.size(), kErrorsShown);
  for (std::size_t i = 0; i < shown; ++i) {
    err.write(prefix + terminal_text(errors[i].message) + "\n");
    if (i + 1 == shown || errors[i + 1].hint != errors[i].hint) print_hint(errors[i].hint, err);
  }
  if (shown < errors.size())
    err.write(prefix + std::to_string(errors.size() - shown) + " more; -o json names them all\n");
  if (style.as_json) {
    for (const ErrorText& error : errors) print_object(error, err);
  }
  err.flush();
}

void print_error(std::string_view message, std::string_view hint, int exit_status,
                 const ErrorStyle& style, core::TextSink& err) {
  print_errors({{std::string(message), std::string(hint), exit_status}}, style, err);
}

}  // namespace podreg::output
