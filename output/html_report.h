// A report as one page of HTML: needs no network, has a light and a dark face, tables that sort,
// and prints well. Its script and style stand in it, and its Content-Security-Policy allows nothing
// else.
#pragma once

#include "core/streams.h"
#include "output/check_report.h"

namespace podreg::output {

// All text from the cluster goes through markup_text(). Throws what the sink throws.
void write_html(const CheckReport& report, core::TextSink& out);

}  // namespace podreg::output
