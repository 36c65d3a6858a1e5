#include "output/format.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
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
    FormatName{"markdown", "a table for issues and chats"},
    FormatName{"junit", "of doctor and probe, for CI"},
    FormatName{"html", "of doctor and probe, one page that needs no network"},
    FormatName{"mermaid", "of graph, the default there: a flowchart for Markdown"},
    FormatName{"dot", "of graph, for Graphviz"},
    FormatName{"jsonpath=", "what a template such as {.items[*].host} makes of the list"},
    FormatName{"custom-columns=", "a table of TITLE:PATH,…, such as POD:.pod,PORT:.port"},
};

using enum Format;
constexpr std::array kLists = {table, wide,     json,     jsonl,         yaml,
                               name,  markdown, jsonpath, custom_columns};
constexpr std::array kUrls = {table, wide, json,     jsonl,    yaml,
                              name,  url,  markdown, jsonpath, custom_columns};
constexpr std::array kChecks = {table,    wide,  json, jsonl,    yaml,          name,
                                markdown, junit, html, jsonpath, custom_columns};
constexpr std::array kProbes = {table, wide,     json,  jsonl, yaml,     name,
                                url,   markdown, junit, html,  jsonpath, custom_columns};
constexpr std::array kEvents = {table, wide, json, jsonl, yaml};
constexpr std::array kGraph = {mermaid, dot};
constexpr std::array kVersion = {table, wide, json, yaml};

std::vector<std::string_view> names() {
  std::vector<std::string_view> names;
  for (const FormatName& format : kFormats) names.push_back(format.name);
  return names;
}

bool takes_text(std::string_view name) { return name.ends_with('='); }

[[noreturn]] void refuse_without_text(std::string_view name) {
  const std::string_view example =
      name == "jsonpath=" ? "jsonpath='{.items[*].host}'" : "custom-columns=POD:.pod,PORT:.port";
  throw core::Error(core::ErrorKind::usage, fmt::format("-o {} lacks what is to be printed", name),
                    fmt::format("for example -o {}", example));
}

}  // namespace

std::span<const FormatName> formats() { return kFormats; }

WantedFormat parse_format(std::string_view text) {
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    const auto name = kFormats[i].name;
    const auto format = static_cast<Format>(i);
    if (!takes_text(name)) {
      if (text == name) return {format, {}};
      continue;
    }
    if (text == name || text == name.substr(0, name.size() - 1)) refuse_without_text(name);
    if (text.starts_with(name)) return {format, text.substr(name.size())};
  }
  const auto word =
      text.substr(0, text.find('=') == text.npos ? text.npos : text.find('=') + 1);  // with the '='
  const auto near = core::nearest(word, names());
  throw core::Error(
      core::ErrorKind::usage,
      fmt::format("unknown output format \"{}\"; there are {}", text, fmt::join(names(), ", ")),
      near ? fmt::format("did you mean -o {}?", *near) : "");
}

bool is_document(Format format) { return format == Format::json || format == Format::yaml; }

bool has_columns(Format format) {
  return format == Format::table || format == Format::wide || format == Format::markdown;
}

std::span<const Format> formats_of(Prints prints) {
  switch (prints) {
    case Prints::lists:
      return kLists;
    case Prints::urls:
      return kUrls;
    case Prints::checks:
      return kChecks;
    case Prints::probes:
      return kProbes;
    case Prints::events:
      return kEvents;
    case Prints::graph:
      return kGraph;
    case Prints::version:
      return kVersion;
  }
  return {};
}

void check_format(Format format, Prints prints, std::string_view command) {
  const auto taken = formats_of(prints);
  if (format == Format::table || std::ranges::find(taken, format) != taken.end()) return;
  std::vector<std::string_view> those;
  those.reserve(taken.size());
  for (const Format one : taken) those.push_back(name_of(one));
  throw core::Error(core::ErrorKind::usage, fmt::format("{} has no -o {}; it takes {}", command,
                                                        name_of(format), fmt::join(those, ", ")));
}

std::string_view name_of(Format format) {
  return kFormats.at(static_cast<std::size_t>(format)).name;
}

}  // namespace podreg::output
