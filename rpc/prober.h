// Opens the URLs of providers by their protocol, and says what answers.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "core/dialer.h"
#include "core/probe.h"
#include "rpc/tally.h"

namespace podreg::rpc {

struct ProbePlan {
  std::chrono::milliseconds timeout{5'000};  // for each connection and answer
  std::size_t concurrency = 16;
  std::size_t count = 1;                      // probes of each URL
  std::chrono::milliseconds interval{1'000};  // between them
  TallySink on_progress;
};

// One probe. dubbo: a heartbeat, then $echo of the URL's service, which touches no code of it. tri:
// $echo, too. Without a service, over tri, gRPC's health check, to which any answer of gRPC is
// good. Whoever answers in another protocol is a protocol_mismatch; who is silent is asked in
// others. Throws Error(not_allowed) of the dialer alone.
core::Probe probe(core::Dialer& dialer, const core::DerivedUrl& url,
                  std::chrono::milliseconds timeout);

// All of them, as often as the plan says; in the order of the URLs. Throws as probe() does.
std::vector<core::ProbeSeries> probe_all(core::Dialer& dialer,
                                         const std::vector<core::DerivedUrl>& urls,
                                         const ProbePlan& plan);

}  // namespace podreg::rpc
