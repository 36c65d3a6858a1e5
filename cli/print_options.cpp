#include "cli/print_options.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/ascii.h"
#include "core/error.h"

namespace podreg::cli {

namespace {

// "NAME, TYPE"
std::vector<std::string> split_titles(std::string_view text) {
  std::vector<std::string> titles;
  while (!text.empty()) {
    const auto end = std::min(text.find(','), text.size());
    titles.emplace_back(core::trimmed(text.substr(0, end)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return titles;
}

// What a list is to look like.
void read_shape(const GlobalOptions& options, output::PrintOptions& print) {
  const auto wanted = output::parse_format(options.output);
  print.format = wanted.format;
  if (wanted.format == output::Format::jsonpath) print.jsonpath.emplace(wanted.text);
  if (wanted.format == output::Format::custom_columns) {
    print.custom_columns = output::parse_custom_columns(wanted.text);
  }
  if (!options.sort_by.empty()) print.sort_by = output::relaxed_jsonpath(options.sort_by);
  print.columns = split_titles(options.columns);
  if (print.columns.empty() || output::has_columns(print.format)) return;
  throw core::Error(core::ErrorKind::usage, "--columns is for -o table, wide and markdown",
                    "-o custom-columns=… makes a table of any fields");
}

}  // namespace

output::PrintOptions print_options(const GlobalOptions& options,
                                   const k8s::Environment& environment) {
  output::PrintOptions print;
  read_shape(options, print);
  print.headers = !options.no_headers;
  print.quiet = options.quiet;
  print.color.mode = output::parse_color_mode(options.color);
  print.color.no_color = environment.variable("NO_COLOR");
  print.color.term = environment.variable("TERM");
  return print;
}

}  // namespace podreg::cli
