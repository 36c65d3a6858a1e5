// Calls of a method on many instances, one on each or many on each.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/dialer.h"
#include "core/invocation.h"
#include "rpc/invoker.h"
#include "rpc/tally.h"

namespace podreg::rpc {

// The same for all instances.
struct CallPlan {
  std::string method;
  std::vector<JsonArgument> arguments;
  bool typed = false;
  std::vector<std::pair<std::string, std::string>> attachments;
  InvokerOptions options;                    // the authority is that of each URL
  std::chrono::milliseconds timeout{5'000};  // for each connection and call
  std::size_t concurrency = 16;
  TallySink on_progress;
};

// Throws Error(usage) for arguments that cannot be sent, before anybody is called.
void check_arguments(const CallPlan& plan);

class Caller {
 public:
  // Both must outlive it.
  Caller(core::Dialer& dialer, const CallPlan& plan) : dialer_(dialer), plan_(plan) {}

  // One call on each, in the order of the URLs. What fails is in the result, apart from an
  // Error(not_allowed), which all would get.
  std::vector<core::Invocation> call_each(const std::vector<core::DerivedUrl>& urls) const;

  // `count` calls on one instance, over as many connections as the concurrency says. A connection
  // that broke is opened again. After an Error(not_allowed) no call begins, and it is thrown.
  core::InvocationLoad call_often(const core::DerivedUrl& url, std::size_t count) const;

 private:
  std::unique_ptr<Invoker> open(const core::DerivedUrl& url) const;
  core::Invocation call_one(const core::DerivedUrl& url, std::unique_ptr<Invoker>& invoker) const;
  core::Deadline deadline() const { return std::chrono::steady_clock::now() + plan_.timeout; }

  core::Dialer& dialer_;
  const CallPlan& plan_;
};

}  // namespace podreg::rpc
