#include "output/latency_text.h"

#include <fmt/format.h>

namespace podreg::output {

std::string latency_text(double milliseconds) { return fmt::format("{:.2f} ms", milliseconds); }

std::string milliseconds_json(double milliseconds) { return fmt::format("{:.3f}", milliseconds); }

void write_latencies(const core::LatencySummary& latency, Emitter& emitter) {
  emitter.begin_object();
  const auto field = [&](std::string_view name, double value) {
    emitter.key(name);
    emitter.raw_json(milliseconds_json(value));
  };
  field("min", latency.min);
  field("median", latency.median);
  field("p99", latency.p99);
  field("max", latency.max);
  emitter.end_object();
}

}  // namespace podreg::output
