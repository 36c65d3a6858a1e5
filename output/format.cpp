#include "output/format.h"

#include <fmt/format.h>

#include <array>

#include "core/error.h"
#include "core/nearest.h"

namespace podreg::output {

namespace {

// In the order of Format.
constexpr std::array<std::string_view, 7> kFormats = {"table", "wide", "json", "jsonl",
                                                      "yaml",  "name", "url"};

}  // namespace

Format parse_format(std::string_view text) {
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if (kFormats[i] == text) return static_cast<Format>(i);
  }
  const auto near = core::nearest(text, kFormats);
  throw core::Error(
      core::ErrorKind::usage,
      fmt::format("unknown output format \"{}\"; there are {}", text, fmt::join(kFormats, ", ")),
      near ? fmt::format("did you mean -o {}?", *near) : "");
}

bool is_document(Format format) { return format == Format::json || format == Format::yaml; }

}  // namespace podreg::output
