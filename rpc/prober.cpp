#include "rpc/prober.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

#include "core/error.h"
#include "core/ip_address.h"
#include "core/short_text.h"
#include "rpc/elapsed.h"
#include "rpc/greeting.h"
#include "rpc/parallel.h"
#include "rpc/service_echo.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;
using core::Probe;
using core::ProbeStatus;
using Clock = std::chrono::steady_clock;

namespace {

// How long who is silent is given before others are tried.
constexpr std::chrono::milliseconds kPatience{1'000};

bool says(const Error& error, std::string_view words) {
  return std::string_view(error.what()).find(words) != std::string_view::npos;
}

class Attempt {
 public:
  Attempt(core::Dialer& dialer, const core::DerivedUrl& url, std::chrono::milliseconds timeout)
      : dialer_(dialer),
        url_(url),
        timeout_(timeout),
        target_{url.ns, url.pod, url.url.host, url.url.port} {}

  Probe run() {
    if (!can_echo(url_.url.protocol)) {
      probe_.error = fmt::format("podreg does not speak {}", url_.url.protocol);
      return std::move(probe_);
    }
    try {
      connect_and_ask();
    } catch (const OtherProtocol& error) {
      probe_.status = ProbeStatus::protocol_mismatch;
      probe_.error = error.what();
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::not_allowed) throw;
      fail(error);
    }
    return std::move(probe_);
  }

 private:
  void connect_and_ask() {
    const auto begin = Clock::now();
    deadline_ = begin + timeout_;
    auto stream = dialer_.dial(target_, deadline_);
    probe_.connect_ms = milliseconds_since(begin);
    const auto echo = make_echo(std::move(stream), url_);
    const auto asked = Clock::now();
    deadline_ = asked + timeout_;
    echo->send(deadline_);
    probe_.server = await(*echo);
    probe_.answer_ms = milliseconds_since(asked);
    probe_.status = ProbeStatus::ok;
  }

  // A protocol that is not understood is often met with silence, so others are tried meanwhile.
  std::string await(ServiceEcho& echo) {
    const auto soon = std::min(deadline_, Clock::now() + kPatience);
    try {
      return echo.await(soon);
    } catch (const Error&) {
      if (Clock::now() < soon || soon == deadline_) throw;
    }
    if (find_other()) throw Error(ErrorKind::invalid_data, mismatch());
    return echo.await(std::max(deadline_, Clock::now()));
  }

  // Whether somebody answers there in another protocol.
  bool find_other() {
    looked_ = true;
    const auto patience = std::clamp(timeout_ / 4, std::chrono::milliseconds(50), kPatience);
    const auto spoken = identify(dialer_, target_, patience);
    if (!spoken.empty() && spoken != spoken_over(url_.url.protocol)) other_ = spoken;
    return !other_.empty();
  }

  std::string mismatch() const {
    return fmt::format("it speaks {}, not {}", other_, url_.url.protocol);
  }

  void fail(const Error& error) {
    const bool connected = probe_.connect_ms.has_value();
    probe_.error = core::short_text(error.what());
    if (says(error, "onnection refused")) {
      probe_.status = ProbeStatus::refused;
    } else if (!connected) {
      probe_.status = Clock::now() >= deadline_ ? ProbeStatus::timeout : ProbeStatus::error;
    } else if (error.kind() == ErrorKind::not_found) {
      probe_.status = ProbeStatus::error;
    } else if (!other_.empty() || (!looked_ && find_other())) {
      probe_.status = ProbeStatus::protocol_mismatch;
      probe_.server = other_;
      probe_.error = mismatch();
    } else if (error.kind() == ErrorKind::unreachable && Clock::now() >= deadline_) {
      probe_.status = ProbeStatus::timeout;
    }
  }

  core::Dialer& dialer_;
  const core::DerivedUrl& url_;
  std::chrono::milliseconds timeout_;
  core::PodPort target_;
  core::Deadline deadline_;
  bool looked_ = false;  // for other protocols
  std::string other_;    // that was found
  Probe probe_;
};

// What the attempts at one URL add up to.
struct Attempts {
  std::vector<double> connects;
  std::vector<double> answers;
};

bool add(const Probe& probe, Attempts& attempts, core::ProbeSeries& series) {
  ++series.count;
  const bool ok = probe.status == ProbeStatus::ok;
  series.failed += ok ? 0 : 1;
  if (probe.connect_ms) attempts.connects.push_back(*probe.connect_ms);
  if (ok && probe.answer_ms) attempts.answers.push_back(*probe.answer_ms);
  if (!ok || series.failed == 0) series.last = probe;
  return ok;
}

}  // namespace

Probe probe(core::Dialer& dialer, const core::DerivedUrl& url, std::chrono::milliseconds timeout) {
  return Attempt(dialer, url, timeout).run();
}

std::vector<core::ProbeSeries> probe_all(core::Dialer& dialer,
                                         const std::vector<core::DerivedUrl>& urls,
                                         const ProbePlan& plan) {
  std::vector<core::ProbeSeries> all(urls.size());
  std::vector<Attempts> attempts(urls.size());
  for (std::size_t i = 0; i < urls.size(); ++i) all[i].url = urls[i];
  Tally before{plan.count * urls.size(), 0, 0};  // this round
  auto next = Clock::now();
  for (std::size_t round = 0; round < plan.count; ++round, next += plan.interval) {
    if (round > 0) std::this_thread::sleep_until(next);
    Tally tally = before;
    const auto progress = [&](const Tally& round_tally) {
      tally.done = before.done + round_tally.done;
      tally.failed = before.failed + round_tally.failed;
      if (plan.on_progress) plan.on_progress(tally);
    };
    for_each_parallel(
        urls.size(), plan.concurrency,
        [&](std::size_t i) {
          return add(probe(dialer, urls[i], plan.timeout), attempts[i], all[i]);
        },
        progress);
    before = tally;
  }
  for (std::size_t i = 0; i < urls.size(); ++i) {
    all[i].connect = core::summarize(std::move(attempts[i].connects));
    all[i].answer = core::summarize(std::move(attempts[i].answers));
  }
  return all;
}

}  // namespace podreg::rpc
