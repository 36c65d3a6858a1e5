// The registry as a picture, in the languages of those who draw it.
#pragma once

#include <string>
#include <vector>

#include "core/registry_graph.h"
#include "core/streams.h"

namespace podreg::output {

// What is registered in the cluster of one context of several.
struct ContextGraph {
  std::string context;
  core::RegistryGraph graph;
};

// A flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html), which GitHub and GitLab
// draw in Markdown. Names stand in quotes, their punctuation as character codes, so that no name
// can end them. Throws what the sink throws.
void write_mermaid(const core::RegistryGraph& graph, core::TextSink& out);

// A digraph of Graphviz (https://graphviz.org/doc/info/lang.html), likewise.
void write_dot(const core::RegistryGraph& graph, core::TextSink& out);

// The same of several, each in a frame of its own; one without nodes has none.
void write_mermaid(const std::vector<ContextGraph>& graphs, core::TextSink& out);
void write_dot(const std::vector<ContextGraph>& graphs, core::TextSink& out);

}  // namespace podreg::output
