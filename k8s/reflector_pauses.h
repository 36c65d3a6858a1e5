// What becomes of a reflector when something fails: whether it goes on, after which pause, and who
// is told of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/error.h"
#include "k8s/backoff.h"
#include "k8s/reflector_context.h"
#include "k8s/retry.h"

namespace podreg::k8s {

// Each `after` returns how long to wait before the next attempt, and throws the error when there is
// to be none. Until the reflector has worked once, those are the attempts of any request
// (k8s/retry.h); from then on there is always another (k8s/backoff.h), and the second failure in a
// row is told, even though it may have worked for a moment in between. Belongs to one thread.
class ReflectorPauses {
 public:
  using Milliseconds = std::chrono::milliseconds;

  // `what` is followed, in words. The context must outlive it.
  ReflectorPauses(ReflectorContext& context, std::string what);

  // Whether there is always another attempt.
  bool is_patient() const { return has_worked_ || context_.is_established; }

  // There is no answer, or not the whole of it.
  Milliseconds after_fault(const core::Error& error, Fault fault);

  // The answer is an error; `retry_after` is its header, empty when there is none. A refusal
  // (not_allowed) is borne for WatchTiming::refusal by who `was_allowed` before, and by nobody
  // else.
  Milliseconds after_answer(const core::Error& error, int status, const std::string& retry_after,
                            bool was_allowed);

  // For who is patient: after anything else, at least for as long as the server has told.
  Milliseconds after(const core::Error& error, std::optional<Milliseconds> told = {});

  // After something that is no failure when it happens once.
  Milliseconds next() { return backoff_.next(); }

  // The server has answered as it should.
  void answered() { refused_since_.reset(); }
  // The reflector has what it wants; and it is plain that this lasts.
  void works();
  void lasts();

  // Why the last attempt failed; empty when it worked.
  const std::string& failure() const { return failure_; }

 private:
  std::int64_t now() const { return context_.clock.steady_milliseconds(); }
  Milliseconds first_attempts(const core::Error& error, std::optional<Milliseconds> pause);
  void bear_refusal(const core::Error& error, bool was_allowed);
  void tell(const std::string& reason, Milliseconds pause);

  ReflectorContext& context_;
  std::string what_;
  Backoff backoff_;
  Retries first_attempts_;
  bool has_worked_ = false;
  std::optional<std::int64_t> works_since_;    // without a failure
  std::optional<std::int64_t> refused_since_;  // 401 or 403, without anything else since
  int failures_ = 0;                           // in a row
  std::string failure_;
  bool trouble_told_ = false;
};

}  // namespace podreg::k8s
