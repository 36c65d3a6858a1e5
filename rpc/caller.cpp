#include "rpc/caller.h"

#include <algorithm>
#include <iterator>
#include <mutex>

#include "core/ip_address.h"
#include "rpc/elapsed.h"
#include "rpc/parallel.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;
using core::Invocation;
using Clock = std::chrono::steady_clock;

namespace {

GenericCall call_of(const core::DerivedUrl& url, const CallPlan& plan) {
  GenericCall call = call_to(url);
  call.method = plan.method;
  call.arguments = plan.arguments;
  call.typed = plan.typed;
  call.attachments = plan.attachments;
  return call;
}

// After these the connection may be used again: the provider itself has answered.
bool is_answer(const Error& error) {
  return error.kind() == ErrorKind::not_found || error.kind() == ErrorKind::usage;
}

std::string failure_of(const Invocation& invocation) {
  if (invocation.error) return invocation.error->what();
  return invocation.exception ? invocation.exception->to_string() : std::string();
}

}  // namespace

void check_arguments(const CallPlan& plan) { encode_arguments(call_of({}, plan)); }

std::unique_ptr<Invoker> Caller::open(const core::DerivedUrl& url) const {
  auto options = plan_.options;
  options.authority = core::host_port(url.url.host, url.url.port);
  auto stream = dialer_.dial({url.ns, url.pod, url.url.host, url.url.port}, deadline());
  return make_invoker(url.url.protocol, std::move(stream), call_of(url, plan_), options);
}

Invocation Caller::call_one(const core::DerivedUrl& url, std::unique_ptr<Invoker>& invoker) const {
  Invocation invocation;
  invocation.url = url;
  try {
    if (!invoker) invoker = open(url);
    const auto begin = Clock::now();
    auto answer = invoker->call(deadline());
    invocation.latency_ms = milliseconds_since(begin);
    invocation.result = std::move(answer.json);
    invocation.exception = std::move(answer.exception);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::not_allowed) throw;
    if (!is_answer(error)) invoker.reset();
    invocation.error = error;
  }
  return invocation;
}

std::vector<Invocation> Caller::call_each(const std::vector<core::DerivedUrl>& urls) const {
  std::vector<Invocation> invocations(urls.size());
  for_each_parallel(
      urls.size(), plan_.concurrency,
      [&](std::size_t i) {
        std::unique_ptr<Invoker> invoker;
        invocations[i] = call_one(urls[i], invoker);
        return invocations[i].succeeded();
      },
      plan_.on_progress);
  return invocations;
}

core::InvocationLoad Caller::call_often(const core::DerivedUrl& url, std::size_t count) const {
  core::InvocationLoad load;
  load.url = url;
  load.calls = count;
  std::vector<double> latencies;
  latencies.reserve(count);
  std::mutex mutex;
  std::size_t left = count;
  const auto shown_at_once = std::max<std::size_t>(count / 100, 1);
  const auto take = [&] {
    const std::lock_guard lock(mutex);
    return left == 0 ? false : (--left, true);
  };
  const auto note = [&](const Invocation& invocation) {
    const std::lock_guard lock(mutex);
    if (invocation.succeeded()) {
      latencies.push_back(invocation.latency_ms);
    } else if (load.failed++ == 0) {
      load.failure = failure_of(invocation);
      load.error = invocation.error;
    }
    const auto done = latencies.size() + load.failed;
    if (plan_.on_progress && done % shown_at_once == 0) {
      plan_.on_progress({count, done, load.failed});
    }
  };
  const auto call = [&](std::size_t /*connection*/) {
    std::unique_ptr<Invoker> invoker;
    try {
      while (take()) note(call_one(url, invoker));
      return true;
    } catch (...) {  // the other connections would go on
      const std::lock_guard lock(mutex);
      left = 0;
      throw;
    }
  };
  if (plan_.on_progress) plan_.on_progress({count, 0, 0});
  const auto begin = Clock::now();
  const auto connections = std::min(count, plan_.concurrency);
  for_each_parallel(connections, connections, call, {});
  load.seconds = milliseconds_since(begin) / 1'000;
  load.latency = core::summarize(std::move(latencies));
  return load;
}

}  // namespace podreg::rpc
