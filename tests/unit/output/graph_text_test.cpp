// Whatever stands in annotations, what is printed is well formed: strict readers of the lines that
// podreg writes find nothing else.
#include "output/graph_text.h"

#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

using core::RegistryGraph;

using Writer = void (*)(const RegistryGraph&, core::TextSink&);

std::string text_of(const RegistryGraph& graph, Writer write) {
  CapturedText out;
  write(graph, out);
  return out.text();
}

RegistryGraph graph_with(const std::string& name) {
  RegistryGraph graph;
  graph.nodes = {{RegistryGraph::Kind::interface, "demo", name, {}, name},
                 {RegistryGraph::Kind::application, "demo", name, {}, ""},
                 {RegistryGraph::Kind::instance, name, name, {name, "10.0.0.1:1"}, ""}};
  graph.edges = {{0, 1, {name, "tri"}, {name}}, {1, 2, {}, {name}}};
  return graph;
}

// Two namespaces, three nodes and two edges, each as it has to be, and not one line more.
void expect_lines(const std::string& text, const std::vector<std::regex>& lines) {
  std::istringstream in(text);
  std::size_t count = 0;
  for (std::string line; std::getline(in, line); ++count) {
    ASSERT_LT(count, lines.size()) << text;
    EXPECT_TRUE(std::regex_match(line, lines[count])) << line;
  }
  EXPECT_EQ(count, lines.size()) << text;
}

void expect_mermaid(const std::string& text) {
  const std::string name = R"((?:[A-Za-z0-9 .,:/_-]|[\x80-\xff]|#[0-9]+;)*)";
  const std::string node = "(?:" + name + "|<br>)*";
  expect_lines(
      text,
      {std::regex("flowchart LR"), std::regex(R"(  subgraph s0 \[")" + name + R"("\])"),
       std::regex(R"(  n0\(\[")" + node + R"("\]\))"), std::regex(R"(  n1\[")" + node + R"("\])"),
       std::regex("  end"), std::regex(R"(  subgraph s1 \[")" + name + R"("\])"),
       std::regex(R"(  n2\(")" + node + R"("\))"), std::regex("  end"),
       std::regex(R"(  n0 -->\|")" + name + R"("\| n1)"),
       std::regex(R"(  n1 -->\|")" + name + R"("\| n2)")});
}

void expect_dot(const std::string& text) {
  const std::string quoted = R"("(?:[^"\\&]|\\["\\n]|&amp;)*")";
  expect_lines(
      text, {std::regex(R"(digraph registry \{)"), std::regex("  rankdir=LR;"),
             std::regex(R"(  subgraph cluster_0 \{)"), std::regex("  label=" + quoted + ";"),
             std::regex(R"(  n0 \[label=)" + quoted + R"(, shape=ellipse\];)"),
             std::regex(R"(  n1 \[label=)" + quoted + R"(, shape=box\];)"), std::regex(R"(  \})"),
             std::regex(R"(  subgraph cluster_1 \{)"), std::regex("  label=" + quoted + ";"),
             std::regex(R"(  n2 \[label=)" + quoted + R"(, shape=box, style=rounded\];)"),
             std::regex(R"(  \})"), std::regex(R"(  n0 -> n1 \[label=)" + quoted + R"(\];)"),
             std::regex(R"(  n1 -> n2 \[label=)" + quoted + R"(\];)"), std::regex(R"(\})")});
}

class GraphText : public testing::TestWithParam<std::string> {};

TEST_P(GraphText, NoNameBreaksOutOfMermaid) {
  expect_mermaid(text_of(graph_with("x" + GetParam()), write_mermaid));
}

TEST_P(GraphText, NoNameBreaksOutOfDot) {
  expect_dot(text_of(graph_with("x" + GetParam()), write_dot));
}

RegistryGraph one_instance() {
  RegistryGraph graph;
  graph.nodes = {{RegistryGraph::Kind::application, "demo", "order", {}, ""},
                 {RegistryGraph::Kind::instance, "demo", "order-0", {"10.0.0.1:20880"}, ""}};
  graph.edges = {{0, 1, {}, {"r1"}}};
  return graph;
}

TEST_P(GraphText, NoContextBreaksOutOfMermaid) {
  CapturedText out;
  write_mermaid(std::vector<ContextGraph>{{GetParam(), one_instance()}}, out);
  expect_lines(
      out.text(),
      {std::regex("flowchart LR"),
       std::regex(R"(  subgraph s0 \["(?:[A-Za-z0-9 .,:/_-]|[\x80-\xff]|#[0-9]+;)*"\])"),
       std::regex("  n0.*"), std::regex("  n1.*"), std::regex("  end"), std::regex("  n0 .*")});
}

TEST_P(GraphText, NoContextBreaksOutOfDot) {
  CapturedText out;
  write_dot(std::vector<ContextGraph>{{GetParam(), one_instance()}}, out);
  expect_lines(out.text(), {std::regex(R"(digraph registry \{)"), std::regex("  rankdir=LR;"),
                            std::regex(R"(  subgraph cluster_0 \{)"),
                            std::regex(R"re(  label="(?:[^"\\&]|\\["\\n]|&amp;)*";)re"),
                            std::regex("  n0 .*"), std::regex("  n1 .*"), std::regex(R"(  \})"),
                            std::regex("  n0 .*"), std::regex(R"(\})")});
}

INSTANTIATE_TEST_SUITE_P(Names, GraphText,
                         testing::Values("com.example.A", R"("] --> n0 click n0 call alert())",
                                         "\"];\n}\nmalicious", "<img src=x onerror=alert(1)>",
                                         "`**bold**`", "end", "#quot;", "%%{init: {}}%%", "\\",
                                         "\\\"", "\\N", "&lt;b&gt;", "a|b", "a;b", "\r\n",
                                         "\x1b[31m", "\xff\xfe", std::string("\xe2\x80") + "\xae",
                                         "订单服务", std::string("\0", 1)));

TEST(GraphText, MermaidShowsWhatThereIs) {
  RegistryGraph graph;
  graph.nodes = {{RegistryGraph::Kind::interface, "demo", "com.Order:1.0.0", {}, "com.Order"},
                 {RegistryGraph::Kind::application, "demo", "order", {}, ""},
                 {RegistryGraph::Kind::instance, "demo", "order-0", {"10.0.0.1:20880"}, ""}};
  graph.edges = {{0, 1, {"dubbo", "tri"}, {"0123456789abcdef0123456789abcdef"}},
                 {1, 2, {}, {"r1"}}};
  EXPECT_EQ(text_of(graph, write_mermaid),
            "flowchart LR\n"
            "  n0([\"com.Order:1.0.0\"])\n"
            "  n1[\"order\"]\n"
            "  n2(\"order-0<br>10.0.0.1:20880\")\n"
            "  n0 -->|\"dubbo, tri by 01234567\"| n1\n"
            "  n1 -->|\"r1\"| n2\n");
}

TEST(GraphText, NodesAndFramesOfSeveralContextsHaveNumbersOfTheirOwn) {
  auto wide = one_instance();
  wide.nodes.push_back({RegistryGraph::Kind::application, "shop", "web", {}, ""});
  CapturedText out;
  write_mermaid(std::vector<ContextGraph>{{"eu", one_instance()}, {"empty", {}}, {"us", wide}},
                out);
  EXPECT_EQ(out.text(),
            "flowchart LR\n"
            "  subgraph s0 [\"eu\"]\n"
            "  n0[\"order\"]\n"
            "  n1(\"order-0<br>10.0.0.1:20880\")\n"
            "  end\n"
            "  n0 -->|\"r1\"| n1\n"
            "  subgraph s1 [\"us\"]\n"
            "  subgraph s2 [\"demo\"]\n"
            "  n2[\"order\"]\n"
            "  n3(\"order-0<br>10.0.0.1:20880\")\n"
            "  end\n"
            "  subgraph s3 [\"shop\"]\n"
            "  n4[\"web\"]\n"
            "  end\n"
            "  end\n"
            "  n2 -->|\"r1\"| n3\n");
}

TEST(GraphText, OfNothingThereIsAnEmptyPicture) {
  EXPECT_EQ(text_of({}, write_mermaid), "flowchart LR\n");
  EXPECT_EQ(text_of({}, write_dot), "digraph registry {\n  rankdir=LR;\n}\n");
}

}  // namespace
}  // namespace podreg::output
