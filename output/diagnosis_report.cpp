#include "output/diagnosis_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "core/counted.h"
#include "output/color.h"
#include "output/terminal_text.h"
#include "output/wrapped_text.h"

namespace podreg::output {
namespace {

using core::CheckState;
using core::Finding;
using core::Severity;

std::string mark(CheckState state, bool color) {
  switch (state) {
    case CheckState::fine:
      return painted("✓", Paint::green, color);
    case CheckState::noted:
    case CheckState::warned:
      return painted("!", Paint::yellow, color);
    case CheckState::failed:
      return painted("✗", Paint::red, color);
    case CheckState::not_checked:
      break;
  }
  return "-";
}

Paint paint_of(Severity severity) {
  if (severity == Severity::error) return Paint::red;
  return severity == Severity::warning ? Paint::yellow : Paint::bold;
}

class Report {
 public:
  Report(const ReportOptions& options, core::TextSink& out) : options_(options), out_(out) {}

  void checklist(const std::vector<core::CheckOutcome>& outcomes) {
    int step = -1;
    for (const auto& outcome : outcomes) {
      if (outcome.step != step)
        line(painted(core::step_title(outcome.step), Paint::bold, options_.color));
      step = outcome.step;
      std::string text = outcome.title;
      if (!outcome.findings.empty()) text += fmt::format(" ({})", outcome.findings.size());
      if (!outcome.reason.empty()) text += ": " + terminal_text(outcome.reason);
      wrapped("  " + mark(outcome.state, options_.color) + " ", 4, text);
    }
  }

  void chain(const core::Chain& chain) {
    const auto name = terminal_text(chain.ns + "/" + chain.service);
    std::string text = painted(name, Paint::bold, options_.color) + ":";
    std::size_t width = display_width(name) + 1;
    for (std::size_t i = 0; i < chain.links.size(); ++i) {
      const auto& link = chain.links[i];
      const auto shown = terminal_text(link.text);
      const std::size_t wanted = display_width(shown) + (i == 0 ? 3 : 5);  // mark, arrow, spaces
      if (is_narrow() && width + wanted > options_.columns) {
        line(text);
        text = "   ";
        width = text.size();
      }
      text += fmt::format("{} {} {}", i == 0 ? "" : " →", mark(link.state, options_.color), shown);
      width += wanted;
    }
    line(text);
  }

  // Of findings that differ in their object alone the others are named behind the first.
  void findings(std::span<const Finding> group) {
    const Finding& finding = group.front();
    const auto& kind = core::kind_of(finding.code);
    line("");
    const auto place =
        finding.ns.empty() ? finding.object : fmt::format("{} in {}", finding.object, finding.ns);
    line(fmt::format(
        "{} {}  {}",
        painted(core::to_string(kind.severity), paint_of(kind.severity), options_.color),
        painted(kind.name, Paint::bold, options_.color), terminal_text(place)));
    paragraph("", core::message(finding));
    if (group.size() > 1) paragraph("and the same of ", names(group.subspan(1)));
    paragraph("remedy: ", core::remedy(finding));
    paragraph("consumers: ", core::in_words(kind.effect));
    paragraph("Dubbo's log: ", kind.dubbo_log);
    if (options_.wide) paragraph("", kind.cause);
  }

  void line(const std::string& text) { out_.write(text + "\n"); }

  // Indented, and wrapped at spaces where the terminal ends.
  void paragraph(std::string_view title, std::string_view text) {
    if (!text.empty()) wrapped("  ", 2, std::string(title) + terminal_text(text));
  }

 private:
  static constexpr std::size_t kNarrowest = 30;
  static constexpr std::size_t kNamesShown = 5;
  static constexpr std::size_t kIndent = 4;

  bool is_narrow() const { return options_.columns > kNarrowest; }

  // `indented` is the width of the beginning; its colours take none.
  void wrapped(const std::string& beginning, std::size_t indented, std::string_view text) {
    const Wrapping wrapping{is_narrow() ? options_.columns : 0, indented, kIndent};
    line(beginning + output::wrapped(text, wrapping));
  }

  std::string names(std::span<const Finding> others) const {
    std::string text;
    const auto shown = options_.wide ? others.size() : std::min(others.size(), kNamesShown);
    for (const auto& other : others.first(shown)) text += (text.empty() ? "" : ", ") + other.object;
    if (shown < others.size()) text += fmt::format(" and {} more", others.size() - shown);
    return text;
  }

  const ReportOptions& options_;
  core::TextSink& out_;
};

// Findings are sorted, so those of a code and Service stand together but for their namespaces.
std::vector<std::span<const Finding>> groups_of(const std::vector<Finding>& findings) {
  std::vector<std::span<const Finding>> groups;
  for (std::size_t first = 0; first < findings.size();) {
    std::size_t last = first + 1;
    const auto is_same = [&](const Finding& other) {
      return other.code == findings[first].code && other.ns == findings[first].ns &&
             other.service == findings[first].service;
    };
    while (last < findings.size() && is_same(findings[last])) ++last;
    groups.push_back(std::span(findings).subspan(first, last - first));
    first = last;
  }
  return groups;
}

std::string summary_of(const core::Diagnosis& diagnosis) {
  std::array<std::size_t, 3> counts{};
  for (const auto& finding : diagnosis.findings)
    ++counts.at(static_cast<std::size_t>(core::kind_of(finding.code).severity));
  const auto services = core::counted(diagnosis.services, "Service");
  if (diagnosis.findings.empty()) return fmt::format("{} looked at, nothing found.", services);
  return fmt::format("{} looked at: {}, {}, {} for information.", services,
                     core::counted(counts[0], "error"), core::counted(counts[1], "warning"),
                     counts[2]);
}

}  // namespace

void write_report(const core::Diagnosis& diagnosis, const ReportOptions& options,
                  core::TextSink& out) {
  Report report(options, out);
  report.checklist(diagnosis.outcomes);
  if (!diagnosis.chains.empty()) report.line("");
  for (const auto& chain : diagnosis.chains) report.chain(chain);
  if (diagnosis.services > diagnosis.chains.size() && !diagnosis.chains.empty())
    report.line(fmt::format("and {} more", diagnosis.services - diagnosis.chains.size()));
  for (const auto group : groups_of(diagnosis.findings)) report.findings(group);
  report.line("");
  report.line(summary_of(diagnosis));
}

void write_explanation(const core::FindingKind& kind, const ReportOptions& options,
                       core::TextSink& out) {
  Report report(options, out);
  report.line(fmt::format("{}  {}, step {}", painted(kind.name, Paint::bold, options.color),
                          core::to_string(kind.severity), core::step_title(kind.step)));
  const auto any = core::example_of(kind);
  report.paragraph("", core::message(any));
  report.paragraph("cause: ", kind.cause);
  report.paragraph("remedy: ", core::remedy(any));
  report.paragraph("consumers: ", core::in_words(kind.effect));
  report.paragraph("Dubbo's log: ", kind.dubbo_log);
}

}  // namespace podreg::output
