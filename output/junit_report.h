// A report as JUnit XML, which CI systems read.
//
// Format: the common part of what Ant, Maven Surefire and Jenkins' JUnit plugin write and read:
// testsuites, testsuite, testcase with failure or skipped.
#pragma once

#include "core/streams.h"
#include "output/check_report.h"

namespace podreg::output {

// Warnings are no failures: they stand in system-out of their case. Throws what the sink throws.
void write_junit(const CheckReport& report, core::TextSink& out);

}  // namespace podreg::output
