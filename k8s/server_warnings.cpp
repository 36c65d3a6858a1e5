#include "k8s/server_warnings.h"

#include <algorithm>
#include <utility>

#include "core/short_text.h"

namespace podreg::k8s {
namespace {

constexpr std::size_t kMostTexts = 100;  // a server that makes up new ones must not fill the memory

void skip_spaces(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
}

// A word up to the next space.
std::string_view take_word(std::string_view& rest) {
  const auto word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  skip_spaces(rest);
  return word;
}

// "text \"with\" escapes"; false when there is none at the front.
bool take_quoted(std::string_view& rest, std::string& text) {
  if (rest.empty() || rest.front() != '"') return false;
  text.clear();
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      skip_spaces(rest);
      return true;
    }
    if (rest[i] == '\\') ++i;
    if (i < rest.size()) text += rest[i];
  }
  return false;
}

bool is_about_endpoints(const std::string& text) {
  return text.starts_with("v1 Endpoints is deprecated") ||
         text.starts_with("v1 EndpointsList is deprecated");
}

}  // namespace

std::vector<std::string> parse_warnings(std::string_view header) {
  std::vector<std::string> texts;
  for (skip_spaces(header); !header.empty(); skip_spaces(header)) {
    const auto code = take_word(header);
    take_word(header);  // the agent, "-" in Kubernetes
    std::string text;
    if (!take_quoted(header, text)) break;
    if (code == "299") texts.push_back(text);
    std::string date;
    take_quoted(header, date);
    if (header.empty() || header.front() != ',') break;
    header.remove_prefix(1);
  }
  return texts;
}

ServerWarnings::ServerWarnings(std::function<void(std::string)> show) : show_(std::move(show)) {}

void ServerWarnings::take(const std::vector<std::string>& headers) {
  if (!show_) return;
  for (const auto& header : headers) {
    for (auto& text : parse_warnings(header)) {
      if (is_about_endpoints(text) || shown_.size() >= kMostTexts) continue;
      text = core::short_text(text);
      if (shown_.insert(text).second) show_(text);
    }
  }
}

}  // namespace podreg::k8s
