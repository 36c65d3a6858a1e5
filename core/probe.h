// What became of opening the URL of a provider.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/latency.h"
#include "core/url_derivation.h"

namespace podreg::core {

enum class ProbeStatus {
  ok,
  refused,            // nobody listens there
  timeout,            // it cannot be reached, or does not answer, in time
  protocol_mismatch,  // somebody answers, but in another protocol
  error,              // anything else, such as a service that is not exported there
};

// "ok", "protocol-mismatch": part of the JSON output.
std::string_view to_string(ProbeStatus status);

// One attempt.
struct Probe {
  ProbeStatus status = ProbeStatus::error;
  std::optional<double> connect_ms;  // until the connection was there
  std::optional<double> answer_ms;   // from then until the answer
  std::string server;                // what answered, such as "dubbo 2.0.2", "tri", "TLS"
  std::string error;                 // why it failed; empty when it is ok
};

// All attempts at one URL.
struct ProbeSeries {
  DerivedUrl url;
  std::size_t count = 0;
  std::size_t failed = 0;
  LatencySummary connect;  // in ms, of those that connected
  LatencySummary answer;   // in ms, of those that are ok
  Probe last;              // the last that failed, else the last

  double loss_percent() const {
    return count == 0 ? 0 : 100.0 * static_cast<double>(failed) / static_cast<double>(count);
  }
};

}  // namespace podreg::core
