// The values of -o.
#pragma once

#include <string>
#include <string_view>
#include <vector>

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
  mermaid,
  dot,
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

// What a command prints, and with that the formats it takes.
enum class Prints {
  lists,
  urls,    // a list whose items have URLs
  checks,  // a list that is a report, too
  probes,  // both
  events,
  graph,
  version,
  script,  // a text for a program, which has no other form
};

// Those that it takes, in the order in which they are shown.
std::vector<Format> formats_of(Prints prints);

// Throws Error(usage) with the formats that `command` takes, unless this is one of them. The one
// that nobody has to name, table, is taken by all: they print what is for people.
void check_format(Format format, Prints prints, std::string_view command);

// "json", "jsonpath="
std::string_view name_of(Format format);

}  // namespace podreg::output
