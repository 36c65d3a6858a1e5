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

// Writes the parts of a picture one behind the other. `next_node` is the number of a graph's first
// node, so that those of several have numbers of their own.
class GraphWriter {
 public:
  explicit GraphWriter(core::TextSink& out) : out_(out) {}
  virtual ~GraphWriter() = default;

  void write(const RegistryGraph& graph) {
    write_nodes(graph, 0);
    write_edges(graph, 0);
  }

  void write(const std::vector<ContextGraph>& graphs) {
    std::size_t next_node = 0;
    for (const auto& [context, graph] : graphs) {
      if (graph.nodes.empty()) continue;
      begin_group(context, groups_++);
      write_nodes(graph, next_node);
      end_group();
      write_edges(graph, next_node);
      next_node += graph.nodes.size();
    }
  }

 protected:
  core::TextSink& out_;

 private:
  virtual void begin_group(const std::string& name, std::size_t number) = 0;
  virtual void end_group() = 0;
  virtual void write_node(const Node& node, std::size_t number) = 0;
  virtual void write_edge(const RegistryGraph::Edge& edge, std::size_t from, std::size_t to) = 0;

  void write_edges(const RegistryGraph& graph, std::size_t next_node) {
    for (const auto& edge : graph.edges) {
      write_edge(edge, next_node + edge.from, next_node + edge.to);
    }
  }

  // Those of each namespace in a group, when there are several.
  void write_nodes(const RegistryGraph& graph, std::size_t next_node) {
    std::set<std::string> namespaces;
    for (const auto& node : graph.nodes) namespaces.insert(node.ns);
    std::size_t i = 0;
    for (const auto& ns : namespaces) {
      if (namespaces.size() > 1) begin_group(ns, groups_++);
      for (; i < graph.nodes.size() && graph.nodes[i].ns == ns; ++i) {
        write_node(graph.nodes[i], next_node + i);
      }
      if (namespaces.size() > 1) end_group();
    }
  }

  std::size_t groups_ = 0;
};

class MermaidWriter final : public GraphWriter {
 public:
  using GraphWriter::GraphWriter;

 private:
  void begin_group(const std::string& name, std::size_t number) override {
    out_.write(fmt::format("  subgraph s{} [\"{}\"]\n", number, in_mermaid(name)));
  }
  void end_group() override { out_.write("  end\n"); }
  void write_node(const Node& node, std::size_t number) override {
    out_.write(fmt::format("  {}\n", mermaid_node(node, number)));
  }
  void write_edge(const RegistryGraph::Edge& edge, std::size_t from, std::size_t to) override {
    out_.write(fmt::format("  n{} -->|\"{}\"| n{}\n", from, in_mermaid(label_of(edge)), to));
  }
};

class DotWriter final : public GraphWriter {
 public:
  using GraphWriter::GraphWriter;

 private:
  void begin_group(const std::string& name, std::size_t number) override {
    out_.write(fmt::format("  subgraph cluster_{} {{\n  label=\"{}\";\n", number, in_dot(name)));
  }
  void end_group() override { out_.write("  }\n"); }
  void write_node(const Node& node, std::size_t number) override {
    out_.write(fmt::format("  n{} [label=\"{}\", shape={}];\n", number,
                           joined(lines_of(node), in_dot, "\\n"), dot_shape(node.kind)));
  }
  void write_edge(const RegistryGraph::Edge& edge, std::size_t from, std::size_t to) override {
    out_.write(fmt::format("  n{} -> n{} [label=\"{}\"];\n", from, to, in_dot(label_of(edge))));
  }
};

template <typename Graphs>
void write_flowchart(const Graphs& graphs, core::TextSink& out) {
  out.write("flowchart LR\n");
  MermaidWriter(out).write(graphs);
}

template <typename Graphs>
void write_digraph(const Graphs& graphs, core::TextSink& out) {
  out.write("digraph registry {\n  rankdir=LR;\n");
  DotWriter(out).write(graphs);
  out.write("}\n");
}

}  // namespace

void write_mermaid(const RegistryGraph& graph, core::TextSink& out) { write_flowchart(graph, out); }

void write_dot(const RegistryGraph& graph, core::TextSink& out) { write_digraph(graph, out); }

void write_mermaid(const std::vector<ContextGraph>& graphs, core::TextSink& out) {
  write_flowchart(graphs, out);
}

void write_dot(const std::vector<ContextGraph>& graphs, core::TextSink& out) {
  write_digraph(graphs, out);
}

}  // namespace podreg::output
