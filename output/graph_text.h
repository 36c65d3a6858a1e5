// The registry as a picture, in the languages of those who draw it.
#pragma once

#include "core/registry_graph.h"
#include "core/streams.h"

namespace podreg::output {

// A flowchart of Mermaid (https://mermaid.js.org/syntax/flowchart.html), which GitHub and GitLab
// draw in Markdown. Names stand in quotes, their punctuation as character codes, so that no name
// can end them. Throws what the sink throws.
void write_mermaid(const core::RegistryGraph& graph, core::TextSink& out);

// A digraph of Graphviz (https://graphviz.org/doc/info/lang.html), likewise.
void write_dot(const core::RegistryGraph& graph, core::TextSink& out);

}  // namespace podreg::output
