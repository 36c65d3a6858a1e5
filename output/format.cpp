#include "output/format.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <concepts>
#include <vector>

#include "core/error.h"
#include "core/nearest.h"
#include "output/format_names.h"

namespace podreg::output {

namespace {

constexpr unsigned of(std::same_as<Prints> auto... prints) {
  return ((1U << static_cast<unsigned>(prints)) | ...);
}

constexpr unsigned kLists = of(Prints::lists, Prints::urls, Prints::checks, Prints::probes);
constexpr unsigned kUrls = of(Prints::urls, Prints::probes);
constexpr unsigned kReports = of(Prints::checks, Prints::probes);
constexpr unsigned kEvents = of(Prints::events);
constexpr unsigned kGraph = of(Prints::graph);
constexpr unsigned kVersion = of(Prints::version);
constexpr unsigned kAll = kLists | kEvents | kVersion;

// In the order of Format.
constexpr std::array kFormats = {
    FormatName{"table", "lines for people, the default", kAll},
    FormatName{"wide", "the same with more columns, and nothing shortened", kAll},
    FormatName{"json", "one list, as kubectl prints lists", kAll},
    FormatName{"jsonl", "an object on each line", kLists | kEvents},
    FormatName{"yaml", "the list as YAML", kAll},
    FormatName{"name", "only names, such as pod/shop-order-0", kLists},
    FormatName{"url", "only URLs, of those that have any", kUrls},
    FormatName{"markdown", "a table for issues and chats", kLists},
    FormatName{"junit", "of doctor and probe, for CI", kReports},
    FormatName{"html", "of doctor and probe, one page that needs no network", kReports},
    FormatName{"mermaid", "of graph, the default there: a flowchart for Markdown", kGraph},
    FormatName{"dot", "of graph, for Graphviz", kGraph},
    FormatName{"jsonpath=", "what a template such as {.items[*].host} makes of the list",
               kLists | kVersion},
    FormatName{"custom-columns=", "a table of TITLE:PATH,…, such as POD:.pod,PORT:.port", kLists},
};

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

std::vector<Format> formats_of(Prints prints) {
  std::vector<Format> taken;
  for (std::size_t i = 0; i < kFormats.size(); ++i) {
    if ((kFormats.at(i).prints & of(prints)) != 0) taken.push_back(static_cast<Format>(i));
  }
  return taken;
}

void check_format(Format format, Prints prints, std::string_view command) {
  const auto taken = formats_of(prints);
  if (taken.empty() && format != Format::table) {
    throw core::Error(core::ErrorKind::usage,
                      fmt::format("{} has no -o {}", command, name_of(format)),
                      "it prints a script; leave -o out");
  }
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
