// What the user writes about the items of a list: -o jsonpath=…, -o custom-columns=…, --sort-by.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "output/jsonpath.h"
#include "output/listing.h"

namespace podreg::output {

struct CustomColumn {
  std::string title;
  JsonPath path;
};

// "POD:.pod,PORT:.port", as kubectl takes it. Throws Error(usage).
std::vector<CustomColumn> parse_custom_columns(std::string_view text);

// The list as a table of such columns: several values in a cell have commas between them, none are
// <none>. Titles are left out with `headers` false. Throws what JsonPath throws.
void write_custom_columns(const Listing& listing, const std::vector<CustomColumn>& columns,
                          bool headers, bool color, core::TextSink& out);

}  // namespace podreg::output
