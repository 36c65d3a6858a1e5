#include "output/errors.h"

#include <algorithm>
#include <string>

#include "output/color.h"
#include "output/emitter.h"
#include "output/terminal_text.h"

namespace podreg::output {

namespace {

void print_hint(std::string_view hint, core::TextSink& err) {
  while (!hint.empty()) {
    const std::size_t end = std::min(hint.find('\n'), hint.size());
    err.write("hint: " + terminal_text(hint.substr(0, end)) + "\n");
    hint.remove_prefix(std::min(end + 1, hint.size()));
  }
}

void print_object(std::string_view message, std::string_view hint, int exit_status,
                  core::TextSink& err) {
  const auto json = make_json_emitter(err, JsonLayout::compact);
  json->begin_object();
  json->field("apiVersion", "podreg/v1");
  json->field("kind", "Error");
  json->field("code", exit_status);
  json->field("message", message);
  json->field("hint", hint);
  json->end_object();
  json->end_document();
}

}  // namespace

void print_error(std::string_view message, std::string_view hint, int exit_status,
                 const ErrorStyle& style, core::TextSink& err) {
  err.write("podreg: " + painted("error:", Paint::red, style.color) + " " + terminal_text(message) +
            "\n");
  print_hint(hint, err);
  if (style.as_json) print_object(message, hint, exit_status, err);
  err.flush();
}

}  // namespace podreg::output
