#include "core/finding.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "core/ascii.h"

namespace podreg::core {
namespace {

std::string_view name_of(const std::string& object) {
  const auto slash = object.find('/');
  return slash == std::string::npos ? std::string_view(object)
                                    : std::string_view(object).substr(slash + 1);
}

std::string filled(std::string_view sentence, const Finding& finding) {
  return fmt::format(fmt::runtime(sentence), fmt::arg("name", name_of(finding.object)),
                     fmt::arg("ns", finding.ns), fmt::arg("service", finding.service),
                     fmt::arg("detail", finding.detail), fmt::arg("advice", finding.advice));
}

auto order_of(const Finding& finding) {
  const auto& kind = kind_of(finding.code);
  return std::tie(kind.severity, kind.step, finding);
}

}  // namespace

std::string_view to_string(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::info:
      return "info";
  }
  return "";
}

std::string_view to_string(ConsumerEffect effect) {
  switch (effect) {
    case ConsumerEffect::none:
      return "none";
    case ConsumerEffect::skips:
      return "skips";
    case ConsumerEffect::fails:
      return "fails";
    case ConsumerEffect::keeps_stale:
      return "keeps-stale";
  }
  return "";
}

std::string_view in_words(ConsumerEffect effect) {
  switch (effect) {
    case ConsumerEffect::none:
      break;
    case ConsumerEffect::skips:
      return "skip this one";
    case ConsumerEffect::fails:
      return "fail for all: no instance of the application is seen";
    case ConsumerEffect::keeps_stale:
      return "keep stale addresses";
  }
  return "";
}

std::string_view step_title(int step) {
  static constexpr std::array<std::string_view, 6> kTitles = {
      "0 access", "1 register", "2 mapping", "3 instances", "4 metadata", "5 invokers"};
  return kTitles.at(static_cast<std::size_t>(step));
}

const FindingKind& kind_of(FindingCode code) {
  return finding_kinds()[static_cast<std::size_t>(code)];
}

const FindingKind* find_kind(std::string_view name) {
  const auto kinds = finding_kinds();
  const auto found = std::ranges::find_if(
      kinds, [&](const FindingKind& kind) { return equal_ignoring_case(kind.name, name); });
  return found == kinds.end() ? nullptr : &*found;
}

std::string message(const Finding& finding) {
  return filled(kind_of(finding.code).message, finding);
}

std::string remedy(const Finding& finding) { return filled(kind_of(finding.code).remedy, finding); }

Finding example_of(const FindingKind& kind) {
  return {kind.code, "NAMESPACE", "object/NAME", "SERVICE", "…", "…"};
}

void sort(std::vector<Finding>& findings) {
  std::ranges::sort(findings,
                    [](const Finding& a, const Finding& b) { return order_of(a) < order_of(b); });
  findings.erase(std::unique(findings.begin(), findings.end()), findings.end());
}

}  // namespace podreg::core
