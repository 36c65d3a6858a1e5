// The values of -o.
#pragma once

#include <span>
#include <string_view>

namespace podreg::output {

enum class Format { table, wide, json, jsonl, yaml, name, url };

// What -o takes, each with what it prints.
struct FormatName {
  std::string_view name;
  std::string_view description;
};
std::span<const FormatName> formats();

// Throws Error(usage) with the formats that there are, and the nearest one as its hint.
Format parse_format(std::string_view text);

// Whether warnings and emptiness are part of what goes to standard output, not messages beside it.
bool is_document(Format format);

}  // namespace podreg::output
