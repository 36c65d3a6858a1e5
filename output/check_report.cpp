#include "output/check_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/counted.h"
#include "core/metadata_info.h"

namespace podreg::output {
namespace {

using core::CheckState;

std::string url_of(const core::DerivedUrl& url) {
  core::ServiceUrl shown;
  shown.protocol = url.url.protocol;
  shown.host = url.url.host;
  shown.port = url.url.port;
  if (!url.interface.empty()) shown.path = core::service_key(url.group, url.interface, url.version);
  return shown.to_string();
}

ReportCase case_of(const core::ProbeSeries& probe) {
  ReportCase one{probe.url.application.empty() ? std::string("URLs") : probe.url.application,
                 url_of(probe.url),
                 CheckState::fine,
                 {},
                 0};
  if (!probe.url.pod.empty()) one.name += " of pod " + probe.url.pod;
  one.seconds = (probe.last.connect_ms.value_or(0) + probe.last.answer_ms.value_or(0)) / 1000;
  if (probe.failed > 0) {
    one.state = CheckState::failed;
    one.messages.push_back(
        fmt::format("{}: {}", core::to_string(probe.last.status), probe.last.error));
  }
  if (probe.count > 1)
    one.messages.push_back(fmt::format("{} of {} lost", probe.failed, probe.count));
  return one;
}

}  // namespace

CheckReport report_of(const core::Diagnosis& diagnosis) {
  CheckReport report;
  report.title = "podreg doctor";
  report.chains = diagnosis.chains;
  report.findings = diagnosis.findings;
  for (const auto& outcome : diagnosis.outcomes) {
    ReportCase one{
        std::string(core::step_title(outcome.step)), outcome.title, outcome.state, {}, 0};
    if (!outcome.reason.empty()) one.messages.push_back(outcome.reason);
    for (const auto& finding : outcome.findings) {
      one.messages.push_back(fmt::format("{} {}: {}; remedy: {}", core::kind_of(finding.code).name,
                                         finding.object, core::message(finding),
                                         core::remedy(finding)));
    }
    report.cases.push_back(std::move(one));
  }
  report.summary = fmt::format("{} looked at, {}", core::counted(diagnosis.services, "Service"),
                               core::counted(diagnosis.findings.size(), "finding"));
  return report;
}

CheckReport report_of(const std::vector<core::ProbeSeries>& probes) {
  CheckReport report;
  report.title = "podreg probe";
  for (const auto& probe : probes) report.cases.push_back(case_of(probe));
  report.summary =
      fmt::format("{} of {} answered", probes.size() - count(report, CheckState::failed),
                  core::counted(probes.size(), "URL"));
  return report;
}

std::size_t count(const CheckReport& report, CheckState state) {
  return static_cast<std::size_t>(std::ranges::count(report.cases, state, &ReportCase::state));
}

}  // namespace podreg::output
