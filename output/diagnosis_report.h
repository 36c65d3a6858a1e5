// What `podreg doctor` shows to people: the checklist by steps, the chain of each application, and
// the findings with cause and remedy.
#pragma once

#include "core/diagnosis.h"
#include "core/streams.h"

namespace podreg::output {

struct ReportOptions {
  bool color = false;
  bool wide = false;        // also what the steps passed, and the background of findings
  std::size_t columns = 0;  // of the terminal, to wrap text; 0: it is not wrapped
};

// Throws what the sink throws.
void write_report(const core::Diagnosis& diagnosis, const ReportOptions& options,
                  core::TextSink& out);

// One row of the catalogue, for --explain.
void write_explanation(const core::FindingKind& kind, const ReportOptions& options,
                       core::TextSink& out);

}  // namespace podreg::output
