#include "output/junit_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "output/markup_text.h"

namespace podreg::output {
namespace {

using core::CheckState;

std::string joined_lines(const std::vector<std::string>& messages) {
  std::string text;
  for (const auto& message : messages) text += markup_text(message) + "\n";
  return text;
}

void write_case(const ReportCase& one, core::TextSink& out) {
  out.write(fmt::format("    <testcase classname=\"podreg.{}\" name=\"{}\" time=\"{:.3f}\">\n",
                        markup_text(one.suite), markup_text(one.name), one.seconds));
  const auto first = one.messages.empty() ? std::string() : markup_text(one.messages.front());
  if (one.state == CheckState::failed) {
    out.write(fmt::format("      <failure message=\"{}\">{}</failure>\n", first,
                          joined_lines(one.messages)));
  } else if (one.state == CheckState::not_checked) {
    out.write(fmt::format("      <skipped message=\"{}\"/>\n", first));
  } else if (!one.messages.empty()) {
    out.write(fmt::format("      <system-out>{}</system-out>\n", joined_lines(one.messages)));
  }
  out.write("    </testcase>\n");
}

// In the order in which the suites first appear.
std::vector<std::vector<const ReportCase*>> suites_of(const CheckReport& report) {
  std::vector<std::vector<const ReportCase*>> suites;
  std::map<std::string, std::size_t> places;
  for (const auto& one : report.cases) {
    const auto [place, is_new] = places.emplace(one.suite, suites.size());
    if (is_new) suites.emplace_back();
    suites[place->second].push_back(&one);
  }
  return suites;
}

}  // namespace

void write_junit(const CheckReport& report, core::TextSink& out) {
  out.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
  out.write(fmt::format("<testsuites name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\">\n",
                        markup_text(report.title), report.cases.size(),
                        count(report, CheckState::failed), count(report, CheckState::not_checked)));
  for (const auto& suite : suites_of(report)) {
    const auto of = [&](CheckState state) {
      return std::ranges::count_if(suite, [&](const auto* one) { return one->state == state; });
    };
    out.write(fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" skipped=\"{}\" errors=\"0\">\n",
        markup_text(suite.front()->suite), suite.size(), of(CheckState::failed),
        of(CheckState::not_checked)));
    for (const auto* one : suite) write_case(*one, out);
    out.write("  </testsuite>\n");
  }
  out.write("</testsuites>\n");
}

}  // namespace podreg::output
