// Prints the result of a command in the format that was asked for.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/registry_graph.h"
#include "core/streams.h"
#include "output/color.h"
#include "output/emitter.h"
#include "output/format.h"
#include "output/graph_text.h"
#include "output/jsonpath.h"
#include "output/listing.h"
#include "output/templates.h"

namespace podreg::output {

struct PrintOptions {
  Format format = Format::table;
  bool headers = true;  // false with --no-headers
  bool quiet = false;   // nothing beside the result
  ColorPolicy color = {};
  std::optional<JsonPath> jsonpath = {};          // with Format::jsonpath
  std::vector<CustomColumn> custom_columns = {};  // with Format::custom_columns
  std::optional<JsonPath> sort_by = {};           // how items are sorted; as they come without
  std::vector<std::string> columns = {};          // titles, with --columns

  // Whether it is about a list: not for a command that prints its table as a report of its own.
  bool shapes_list() const { return sort_by || !columns.empty(); }
};

// The streams must outlive it. One thread only.
class Printer {
 public:
  Printer(const core::Streams& streams, PrintOptions options);
  virtual ~Printer() = default;

  // The result, sorted when it is to be, to standard output, flushed; then, to standard error, the
  // sentence for an empty list and the warnings, unless they are part of the result (JSON and YAML)
  // or `quiet`. Throws Error(output), and Error(usage) for a format, column or path that does not
  // fit the list.
  virtual void print(const Listing& listing);

  // A picture of the registry to standard output, flushed, for Graphviz with Format::dot, otherwise
  // for Mermaid. Throws Error(output).
  virtual void print_graph(const core::RegistryGraph& graph);
  void print_graphs(const std::vector<ContextGraph>& graphs) const;

  // Text of several lines to standard output, flushed: what is no list. `write` is told whether to
  // use colour. Throws Error(output).
  void print_text(const std::function<void(core::TextSink&, bool color)>& write) const;

  // One object as YAML to standard output, flushed. Throws Error(output).
  void print_yaml(const std::function<void(Emitter&)>& write) const;

  // A JSON value to standard output, on several lines, flushed; what is none as a string. Throws
  // Error(output).
  void print_json(std::string_view json) const;

  const PrintOptions& options() const { return options_; }

 private:
  void print_in_order(const Listing& listing) const;
  void print_result(const Listing& listing, core::TextSink& out) const;
  void print_table(const Listing& listing, Detail detail, core::TextSink& out) const;
  void print_markdown(const Listing& listing, core::TextSink& out) const;
  void print_report(const Listing& listing, core::TextSink& out) const;
  void print_messages(const Listing& listing) const;

  const core::Streams& streams_;
  PrintOptions options_;
};

}  // namespace podreg::output
