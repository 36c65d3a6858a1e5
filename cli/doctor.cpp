// podreg doctor: which of the five steps breaks, for which pod, why, and what to do.

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <utility>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/doctor_evidence.h"
#include "cli/doctor_options.h"
#include "cli/exit_status.h"
#include "cli/standard_streams.h"
#include "output/diagnosis_report.h"
#include "output/finding_listing.h"

namespace podreg::cli {

namespace {

// The table is a report of its own, unless it is to be sorted or to have other columns.
bool is_own_report(Context& context) {
  const auto& options = context.printer().options();
  return !options.shapes_list() &&
         (options.format == output::Format::table || options.format == output::Format::wide);
}

output::ReportOptions report_options(Context& context, bool color) {
  output::ReportOptions options;
  options.color = color;
  options.wide = context.printer().options().format == output::Format::wide;
  if (context.streams().out_is_terminal) options.columns = terminal_size(STDOUT_FILENO).columns;
  return options;
}

int explain(const std::string& code, Context& context) {
  const auto& kind = kind_named(code);
  if (!is_own_report(context)) {
    context.printer().print(output::FindingKindListing(kind.code));
    return kExitDone;
  }
  context.printer().print_text([&](core::TextSink& out, bool color) {
    output::write_explanation(kind, report_options(context, color), out);
  });
  return kExitDone;
}

bool is_failing(const core::Diagnosis& diagnosis, core::Severity severity) {
  return std::ranges::any_of(diagnosis.findings, [&](const core::Finding& finding) {
    return core::kind_of(finding.code).severity <= severity;
  });
}

int run(const DoctorOptions& options, Context& context) {
  if (options.list) {
    context.printer().print(output::FindingKindListing());
    return kExitDone;
  }
  if (!options.explain.empty()) return explain(options.explain, context);
  const auto failing = failing_severity(options);
  DoctorEvidence gathering(options, context);
  const auto evidence = gathering.gather();
  auto diagnosis = doctor::diagnose(evidence, gathering.question());
  const bool no = failing && is_failing(diagnosis, *failing);
  if (is_own_report(context)) {
    context.printer().print_text([&](core::TextSink& out, bool color) {
      output::write_report(diagnosis, report_options(context, color), out);
    });
  } else {
    context.printer().print(output::FindingListing(std::move(diagnosis)));
  }
  return no ? kExitNo : kExitDone;
}

}  // namespace

Run declare_doctor(CLI::App& app) {
  auto options = std::make_shared<DoctorOptions>();
  declare_doctor_options(app, *options);
  return [options](Context& context) { return run(*options, context); };
}

}  // namespace podreg::cli
