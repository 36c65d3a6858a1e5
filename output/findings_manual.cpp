#include "output/findings_manual.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/finding.h"

namespace podreg::output {
namespace {

// mandoc warns of longer lines.
constexpr std::size_t kLineLength = 78;

constexpr std::array<std::string_view, 6> kSteps = {
    "0, access to the API server",       "1, providers register",
    "2, interfaces to applications",     "3, applications to instances",
    "4, instances to metadata and URLs", "5, URLs to invokers"};

// A word as roff takes it: a backslash begins an escape, and a point or an apostrophe at the
// beginning of a line a request.
std::string escaped(std::string_view word) {
  std::string text;
  if (word.starts_with('.') || word.starts_with('\'')) text = "\\&";
  for (const char c : word) {
    if (c == '\\') {
      text += "\\e";
    } else if (c == '-') {
      text += "\\-";
    } else {
      text += c;
    }
  }
  return text;
}

// As lines of text, broken at spaces. A sentence ends with its line, and with a full stop.
std::string paragraph(std::string_view text) {
  std::string result;
  std::string line;
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find(' ', begin), text.size());
    const auto word = escaped(text.substr(begin, end - begin));
    const bool ends_sentence = !line.empty() && line.ends_with('.');
    if (!line.empty() && (ends_sentence || line.size() + 1 + word.size() > kLineLength)) {
      result += line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    begin = end + 1;
  }
  result += line;
  return result.ends_with('.') ? result + "\n" : result + ".\n";
}

std::string in_words(core::ConsumerEffect effect) {
  switch (effect) {
    case core::ConsumerEffect::none:
      break;
    case core::ConsumerEffect::skips:
      return "A consumer skips this one.";
    case core::ConsumerEffect::fails:
      return "A consumer fails for all, and sees no instance of the application.";
    case core::ConsumerEffect::keeps_stale:
      return "A consumer keeps stale addresses.";
  }
  return {};
}

std::string entry(const core::FindingKind& kind) {
  const core::Finding any{kind.code, "NAMESPACE", "object/NAME", "SERVICE", "...", "..."};
  auto text = fmt::format(".It Sy {} Pq {}\n", kind.name, core::to_string(kind.severity));
  text += paragraph(core::message(any));
  if (!kind.cause.empty()) text += paragraph(kind.cause);
  if (kind.effect != core::ConsumerEffect::none) text += paragraph(in_words(kind.effect));
  text += ".br\nRemedy:\n" + paragraph(core::remedy(any));
  if (!kind.dubbo_log.empty()) text += ".br\nDubbo's log:\n" + paragraph(kind.dubbo_log);
  return text;
}

}  // namespace

std::string findings_manual(std::string_view date) {
  std::string page = fmt::format(
      ".Dd {}\n.Dt PODREG-FINDINGS 7\n.Os\n"
      ".Sh NAME\n.Nm podreg-findings\n.Nd what podreg doctor can find\n"
      ".Sh DESCRIPTION\n"
      "Each of these codes is stable: it keeps its meaning, and one that is\n"
      "retired is not used again.\n"
      ".Ql podreg doctor \\-\\-explain CODE\n"
      "shows one of them.\n",
      date);
  int step = -1;
  for (const auto& kind : core::finding_kinds()) {
    if (kind.step != step) {
      if (step >= 0) page += ".El\n";
      page += fmt::format(".Ss Step {}\n.Bl -tag -width Ds\n",
                          kSteps.at(static_cast<std::size_t>(kind.step)));
      step = kind.step;
    }
    page += entry(kind);
  }
  return page + ".El\n.Sh SEE ALSO\n.Xr podreg 1\n";
}

}  // namespace podreg::output
