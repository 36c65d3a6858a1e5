#include "output/printer.h"

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "core/error.h"
#include "output/check_report.h"
#include "output/chunked_sink.h"
#include "output/html_report.h"
#include "output/item_document.h"
#include "output/json_text.h"
#include "output/junit_report.h"
#include "output/list_document.h"
#include "output/markdown.h"
#include "output/shown_columns.h"
#include "output/sorted_listing.h"
#include "output/table.h"
#include "output/terminal_text.h"
#include "output/warnings.h"

namespace podreg::output {

namespace {

void print_lines(const Listing& listing, core::TextSink& out) {
  const auto json = make_json_emitter(out, JsonLayout::compact);
  for (std::size_t i = 0; i < listing.size(); ++i) {
    listing.write_item(i, *json);
    json->end_document();
  }
}

void print_names(const Listing& listing, core::TextSink& out) {
  std::unordered_set<std::string> seen;
  for (std::size_t i = 0; i < listing.size(); ++i) {
    if (!seen.insert(listing.identity(i)).second) continue;
    out.write(terminal_text(listing.name(i)) + "\n");
  }
}

// The command table should have said so before anything was asked.
[[noreturn]] void refuse(Format format) {
  throw core::Error(core::ErrorKind::usage,
                    "-o " + std::string(name_of(format)) + " is for other commands");
}

void print_urls(const Listing& listing, core::TextSink& out) {
  for (std::size_t i = 0; i < listing.size(); ++i) out.write(terminal_text(listing.url(i)) + "\n");
}

}  // namespace

Printer::Printer(const core::Streams& streams, PrintOptions options)
    : streams_(streams), options_(std::move(options)) {}

void Printer::print(const Listing& listing) {
  if (options_.sort_by) {
    print_in_order(SortedListing(listing, *options_.sort_by));
  } else {
    print_in_order(listing);
  }
}

void Printer::print_in_order(const Listing& listing) const {
  ChunkedSink out(streams_.out);
  print_result(listing, out);
  out.flush();
  if (!options_.quiet && !is_document(options_.format)) print_messages(listing);
}

void Printer::print_text(const std::function<void(core::TextSink&, bool color)>& write) const {
  ChunkedSink out(streams_.out);
  write(out, use_color(options_.color, streams_.out_is_terminal));
  out.flush();
}

void Printer::print_graph(const core::RegistryGraph& graph) {
  print_text([&](core::TextSink& out, bool /*color*/) {
    options_.format == Format::dot ? write_dot(graph, out) : write_mermaid(graph, out);
  });
}

void Printer::print_graphs(const std::vector<ContextGraph>& graphs) const {
  print_text([&](core::TextSink& out, bool /*color*/) {
    options_.format == Format::dot ? write_dot(graphs, out) : write_mermaid(graphs, out);
  });
}

void Printer::print_yaml(const std::function<void(Emitter&)>& write) const {
  ChunkedSink out(streams_.out);
  write(*make_yaml_emitter(out));
  out.flush();
}

void Printer::print_json(std::string_view json) const {
  const auto pretty = pretty_json(json);
  streams_.out.write((pretty ? *pretty : quoted_json(json)) + "\n");
  streams_.out.flush();
}

void Printer::print_result(const Listing& listing, core::TextSink& out) const {
  switch (options_.format) {
    case Format::table:
      return print_table(listing, Detail::table, out);
    case Format::wide:
      return print_table(listing, Detail::wide, out);
    case Format::json:
      return write_document(listing, *make_json_emitter(out, JsonLayout::pretty));
    case Format::jsonl:
      return print_lines(listing, out);
    case Format::yaml:
      return write_document(listing, *make_yaml_emitter(out));
    case Format::name:
      return print_names(listing, out);
    case Format::url:
      return print_urls(listing, out);
    case Format::markdown:
      return print_markdown(listing, out);
    case Format::junit:
    case Format::html:
      return print_report(listing, out);
    case Format::mermaid:
    case Format::dot:
      refuse(options_.format);
    case Format::jsonpath:
      return out.write(options_.jsonpath->text(list_document(listing)));
    case Format::custom_columns:
      return write_custom_columns(listing, options_.custom_columns, options_.headers,
                                  use_color(options_.color, streams_.out_is_terminal), out);
  }
}

void Printer::print_table(const Listing& listing, Detail detail, core::TextSink& out) const {
  const ShownColumns shown = shown_columns(listing, detail, options_.columns);
  const auto cell = [&](std::size_t row, std::size_t column) {
    return listing.cell(row, shown.places[column], detail);
  };
  const bool color = use_color(options_.color, streams_.out_is_terminal);
  write_table(shown.columns, listing.rows(), cell, {options_.headers, color}, out);
}

void Printer::print_markdown(const Listing& listing, core::TextSink& out) const {
  const ShownColumns shown = shown_columns(listing, Detail::table, options_.columns);
  const auto cell = [&](std::size_t row, std::size_t column) {
    return listing.cell(row, shown.places[column], Detail::table);
  };
  write_markdown(shown.columns, listing.rows(), cell, options_.headers, out);
}

void Printer::print_report(const Listing& listing, core::TextSink& out) const {
  const auto report = listing.report();
  if (!report) refuse(options_.format);
  options_.format == Format::junit ? write_junit(*report, out) : write_html(*report, out);
}

void Printer::print_messages(const Listing& listing) const {
  const std::string nothing_found = listing.size() == 0 ? listing.nothing_found() : "";
  if (!nothing_found.empty()) streams_.err.write(terminal_text(nothing_found) + "\n");
  const bool color = use_color(options_.color, streams_.err_is_terminal);
  print_warnings(listing.warning_lines(), color, streams_.err);
}

}  // namespace podreg::output
