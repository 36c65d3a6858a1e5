#include "output/graph_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "output/cell_text.h"
#include "output/terminal_text.h"

namespace podreg::output {

namespace {

using core::RegistryGraph;
using Node = RegistryGraph::Node;
using Kind = RegistryGraph::Kind;

bool is_plain(char c) {
  const bool is_ascii = static_cast<unsigned char>(c) < 0x80;
  const bool is_word = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return !is_ascii || is_word || std::string_view(" .,:/_-").find(c) != std::string_view::npos;
}

// What Mermaid takes for quotes, tags, Markdown or its own syntax stands as `#NUMBER;`.
std::string in_mermaid(std::string_view text) {
  std::string safe;
  for (const char c : terminal_text(text)) {
    if (is_plain(c)) {
      safe += c;
    } else {
      safe += fmt::format("#{};", static_cast<int>(c));
    }
  }
  return safe;
}

// Within quotes; Graphviz also reads entities of HTML there, and its own escapes.
std::string in_dot(std::string_view text) {
  std::string safe;
  for (const char c : terminal_text(text)) {
    if (c == '&') {
      safe += "&amp;";
      continue;
    }
    if (c == '"' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string joined(const std::vector<std::string>& texts, std::string (*safe)(std::string_view),
                   std::string_view separator) {
  std::vector<std::string> parts;
  std::ranges::transform(texts, std::back_inserter(parts), safe);
  return fmt::format("{}", fmt::join(parts, separator));
}

std::vector<std::string> lines_of(const Node& node) {
  auto lines = node.details;
  lines.insert(lines.begin(), node.name);
  return lines;
}

// "dubbo, tri by f76e8c2b": what a consumer needs, and who has it when not all do.
std::string label_of(const RegistryGraph::Edge& edge) {
  std::vector<std::string> revisions;
  for (const auto& one : edge.revisions) revisions.push_back(revision_text(one, Detail::table));
  const bool has_both = !edge.protocols.empty() && !revisions.empty();
  return fmt::format("{}{}{}", fmt::join(edge.protocols, ", "), has_both ? " by " : "",
                     fmt::join(revisions, ", "));
}

// Calls `begin` and `end` around the nodes of each namespace when there are several, and `each` for
// each node.
template <typename Begin, typename Each, typename End>
void by_namespace(const RegistryGraph& graph, Begin begin, Each each, End end) {
  std::set<std::string> namespaces;
  for (const auto& node : graph.nodes) namespaces.insert(node.ns);
  std::size_t i = 0;
  for (const auto& ns : namespaces) {
    if (namespaces.size() > 1) begin(ns);
    for (; i < graph.nodes.size() && graph.nodes[i].ns == ns; ++i) each(i);
    if (namespaces.size() > 1) end();
  }
}

std::string mermaid_node(const Node& node, std::size_t number) {
  const auto text = joined(lines_of(node), in_mermaid, "<br>");
  switch (node.kind) {
    case Kind::interface:
      return fmt::format("n{}([\"{}\"])", number, text);
    case Kind::application:
      return fmt::format("n{}[\"{}\"]", number, text);
    case Kind::instance:
      return fmt::format("n{}(\"{}\")", number, text);
  }
  return {};
}

std::string_view dot_shape(Kind kind) {
  switch (kind) {
    case Kind::interface:
      return "ellipse";
    case Kind::application:
      return "box";
    case Kind::instance:
      return "box, style=rounded";
  }
  return {};
}

}  // namespace

void write_mermaid(const RegistryGraph& graph, core::TextSink& out) {
  out.write("flowchart LR\n");
  std::size_t group = 0;
  by_namespace(
      graph,
      [&](const std::string& ns) {
        out.write(fmt::format("  subgraph s{} [\"{}\"]\n", group++, in_mermaid(ns)));
      },
      [&](std::size_t i) { out.write(fmt::format("  {}\n", mermaid_node(graph.nodes[i], i))); },
      [&] { out.write("  end\n"); });
  for (const auto& edge : graph.edges) {
    out.write(
        fmt::format("  n{} -->|\"{}\"| n{}\n", edge.from, in_mermaid(label_of(edge)), edge.to));
  }
}

void write_dot(const RegistryGraph& graph, core::TextSink& out) {
  out.write("digraph registry {\n  rankdir=LR;\n");
  std::size_t group = 0;
  by_namespace(
      graph,
      [&](const std::string& ns) {
        out.write(fmt::format("  subgraph cluster_{} {{\n  label=\"{}\";\n", group++, in_dot(ns)));
      },
      [&](std::size_t i) {
        const Node& node = graph.nodes[i];
        out.write(fmt::format("  n{} [label=\"{}\", shape={}];\n", i,
                              joined(lines_of(node), in_dot, "\\n"), dot_shape(node.kind)));
      },
      [&] { out.write("  }\n"); });
  for (const auto& edge : graph.edges) {
    out.write(
        fmt::format("  n{} -> n{} [label=\"{}\"];\n", edge.from, edge.to, in_dot(label_of(edge))));
  }
  out.write("}\n");
}

}  // namespace podreg::output
