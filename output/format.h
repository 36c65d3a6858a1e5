// The values of -o.
#pragma once

#include <string_view>

namespace podreg::output {

enum class Format {
  table,
  wide,
  json,
  jsonl,
  yaml,
  name,
  url,
  markdown,
  junit,
  html,
  jsonpath,
  custom_columns,
};

struct WantedFormat {
  Format format = Format::table;
  std::string_view text;  // behind the '=' of jsonpath=… and custom-columns=…; of the argument
};

// Throws Error(usage) with the formats that there are, and the nearest one as its hint; and for a
// jsonpath or custom-columns without its text.
WantedFormat parse_format(std::string_view text);

// Whether warnings and emptiness are part of what goes to standard output, not messages beside it.
bool is_document(Format format);

// Whether it has columns of which --columns chooses.
bool has_columns(Format format);

// Whether it is a report of what was looked at, which only doctor and probe have.
bool is_report(Format format);

// Throws Error(usage): that format is for other commands.
[[noreturn]] void refuse_report(Format format);

}  // namespace podreg::output
