// Shows any text in every format: it comes out of the quotes of JSON and YAML as what it was, but
// never out of those of HTML, XML, Markdown and graphs; and no terminal obeys it.
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <string>

#include "core/json.h"
#include "core/registry_graph.h"
#include "output/code_points.h"
#include "output/graph_text.h"
#include "output/json_text.h"
#include "output/markdown.h"
#include "output/markup_text.h"
#include "output/terminal_text.h"
#include "output/text_keeper.h"
#include "output/yaml_scalar.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

using namespace podreg::output;
using podreg::fuzz::must;

bool is_obeyed(unsigned char c) { return c < 0x20 || c == 0x7f; }

bool has(std::string_view text, std::string_view any_of) {
  return text.find_first_of(any_of) != std::string_view::npos;
}

// As JSON it is the text again, but for bytes that are not UTF-8.
void show_as_json(std::string_view text, const std::string& shown) {
  const auto quoted = quoted_json(text);
  must(std::ranges::none_of(quoted, is_obeyed));
  podreg::core::JsonDocument document;
  document.Parse<rapidjson::kParseValidateEncodingFlag>(quoted.data(), quoted.size());
  must(!document.HasParseError() && document.IsString());
  const std::string read(document.GetString(), document.GetStringLength());
  must(shown.find("\\x") != std::string::npos || read == text);
  must(quoted_json(read) == quoted);
}

void show_json_itself(std::string_view text) {
  const auto compact = compact_json(text);
  const auto pretty = pretty_json(text);
  must(compact.has_value() == pretty.has_value());
  if (!compact) return;
  must(std::ranges::none_of(*compact, is_obeyed));
  must(compact_json(*pretty) == compact && compact_json(*compact) == compact);
}

// What stands for no character: yaml-cpp writes U+FFFD in its place.
bool has_noncharacter(std::string_view text) {
  while (!text.empty()) {
    const auto point = first_code_point(text);
    if ((point.value & 0xfffeU) == 0xfffeU) return true;
    if (point.value >= 0xfdd0 && point.value <= 0xfdef) return true;
    text.remove_prefix(point.size);
  }
  return false;
}

void show_as_yaml(const std::string& text) {
  YAML::Emitter yaml;
  yaml << YAML::BeginMap;
  write_yaml_key(yaml, text);
  yaml << YAML::Value;
  write_yaml_string(yaml, text);
  yaml << YAML::EndMap;
  const std::string written = yaml.c_str();
  must(std::ranges::none_of(written, [](unsigned char c) { return c != '\n' && is_obeyed(c); }));
  const auto read = YAML::Load(written);
  must(read.IsMap() && read.size() == 1);
  const auto key = read.begin()->first.Scalar();
  must(key == read.begin()->second.Scalar());
  must(key == valid_utf8(text) || has_noncharacter(text));
}

void show_to_a_terminal(const std::string& shown, std::size_t columns) {
  must(std::ranges::none_of(shown, is_obeyed));
  must(terminal_text(shown) == shown);
  must(display_width(cut_to(columns, shown)) <= columns);
}

void show_as_markup(std::string_view text) {
  const auto markup = markup_text(text);
  must(!has(markup, "<>\"'") && std::ranges::none_of(markup, is_obeyed));
}

void show_in_markdown(std::string_view text) {
  TextKeeper out;
  write_markdown(
      {{"A"}, {"B"}}, 1, [&](std::size_t, std::size_t) { return std::string(text); }, true, out);
  const auto table = out.take();
  must(std::ranges::count(table, '\n') == 3 && !has(table, "<"));
}

// Quotes that end a label: two for each, whatever is within.
void show_in_graphs(const std::string& text) {
  podreg::core::RegistryGraph graph;
  graph.nodes.push_back({podreg::core::RegistryGraph::Kind::instance, "demo", text, {text}, ""});
  TextKeeper mermaid;
  write_mermaid(graph, mermaid);
  must(std::ranges::count(mermaid.take(), '"') == 2);
  TextKeeper dot;
  write_dot(graph, dot);
  bool is_escaped = false;
  std::size_t quotes = 0;
  for (const char c : dot.take()) {
    quotes += c == '"' && !is_escaped ? 1 : 0;
    is_escaped = c == '\\' && !is_escaped;
  }
  must(quotes == 2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  const std::string text(input.bytes);
  const auto shown = terminal_text(text);
  show_to_a_terminal(shown, input.choice);
  show_as_json(text, shown);
  show_json_itself(text);
  show_as_yaml(text);
  show_as_markup(text);
  show_in_markdown(text);
  show_in_graphs(text);
  return 0;
}
