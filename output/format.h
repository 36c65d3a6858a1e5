// The values of -o.
#pragma once

#include <string_view>

namespace podreg::output {

enum class Format { table, wide, json, jsonl, yaml, name, url };

// Throws Error(usage) with the formats that there are, and the nearest one as its hint.
Format parse_format(std::string_view text);

// Whether warnings and emptiness are part of what goes to standard output, not messages beside it.
bool is_document(Format format);

}  // namespace podreg::output
