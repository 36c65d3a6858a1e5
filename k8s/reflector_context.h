// What the reflectors of one connection (k8s/reflector.h) share.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

#include "core/clock.h"
#include "core/registry_watch.h"
#include "k8s/backoff.h"
#include "k8s/server_warnings.h"
#include "k8s/transport.h"

namespace podreg::k8s {

struct WatchTiming {
  BackoffLimits backoff = {};
  // When the server is to end a watch: so long, or by chance up to twice.
  std::chrono::seconds watch{180};
  std::chrono::milliseconds margin{30'000};  // for its end to arrive
  // For the head of an answer, and while a list comes as events, for each further piece.
  std::chrono::milliseconds answer{60'000};
  // A server that has sent the events of a list says so at once, when it can.
  std::chrono::milliseconds initial_end{10'000};
  // How long the server may refuse who was allowed before.
  std::chrono::milliseconds refusal{60'000};
};

struct ReflectorContext {
  Transport& transport;
  core::Clock& clock;
  const std::function<double()>& jitter;  // a number from 0 to 1 each time
  WatchTiming timing;
  ServerWarnings& warnings;
  core::TroubleSink on_trouble;  // may be empty
  std::uint64_t largest_list = kLargestList;
  bool streams_lists = true;    // until the server refuses to
  bool is_silent = false;       // a watch was; the connection is not to be trusted
  bool is_established = false;  // all has worked once: from now on nothing is given up at once
  int answers = 0;              // of status 200 so far
};

}  // namespace podreg::k8s
