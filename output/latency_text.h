// Times in milliseconds, in tables and documents.
#pragma once

#include <string>

#include "core/latency.h"
#include "output/emitter.h"

namespace podreg::output {

// "0.42 ms".
std::string latency_text(double milliseconds);

// "0.421": a number of JSON.
std::string milliseconds_json(double milliseconds);

// An object of min, median, p99 and max.
void write_latencies(const core::LatencySummary& latency, Emitter& emitter);

}  // namespace podreg::output
