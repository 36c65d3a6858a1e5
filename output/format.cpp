#include "output/format.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <vector>

#include "core/error.h"
#include "core/nearest.h"
#include "output/format_names.h"

namespace podreg::output {

namespace {

// In the order of Format.
constexpr std::array kFormats = {
    FormatName{"table", "lines for people, the default"},
    FormatName{"wide", "the same with more columns, and nothing shortened"},
    FormatName{"json", "one list, as kubectl prints lists"},
    FormatName{"jsonl", "an object on each line"},
    FormatName{"yaml", "the list as YAML"},
    FormatName{"name", "only names, such as pod/shop-order-0"},
    FormatName{"url", "only URLs, of those that have any"},
};

std::vector<std::string_view> names() {
  std::vector<std::string_view> names;
  for (const FormatName& format : kFormats) names.push_back(format.name);
  return names;
}

}  // namespace

std::span<const FormatName> formats() { return kFormats; }

Format parse_format(std::string_view text) {
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if (kFormats[i].name == text) return static_cast<Format>(i);
  }
  const auto near = core::nearest(text, names());
  throw core::Error(
      core::ErrorKind::usage,
      fmt::format("unknown output format \"{}\"; there are {}", text, fmt::join(names(), ", ")),
      near ? fmt::format("did you mean -o {}?", *near) : "");
}

bool is_document(Format format) { return format == Format::json || format == Format::yaml; }

}  // namespace podreg::output
