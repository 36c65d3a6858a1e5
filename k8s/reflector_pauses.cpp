#include "k8s/reflector_pauses.h"

#include <algorithm>
#include <utility>

namespace podreg::k8s {
namespace {

using core::Error;
using core::ErrorKind;

constexpr std::chrono::milliseconds kLongestTold{600'000};
constexpr std::chrono::milliseconds kWhile{10'000};  // what worked for so long has worked

}  // namespace

ReflectorPauses::ReflectorPauses(ReflectorContext& context, std::string what)
    : context_(context),
      what_(std::move(what)),
      backoff_(context.clock, context.jitter, context.timing.backoff),
      first_attempts_(context.clock, context.jitter, Milliseconds(0), false) {}

ReflectorPauses::Milliseconds ReflectorPauses::after_fault(const Error& error, Fault fault) {
  refused_since_.reset();
  if (is_patient()) return after(error);
  return first_attempts(error, first_attempts_.after(fault));
}

ReflectorPauses::Milliseconds ReflectorPauses::after_answer(const Error& error, int status,
                                                            const std::string& retry_after,
                                                            bool was_allowed) {
  if (error.kind() == ErrorKind::not_allowed) {
    bear_refusal(error, was_allowed);
  } else {
    refused_since_.reset();
  }
  if (is_patient())
    return after(error, parse_retry_after(retry_after, context_.clock.now_milliseconds()));
  return first_attempts(error, first_attempts_.after(status, retry_after));
}

void ReflectorPauses::bear_refusal(const Error& error, bool was_allowed) {
  if (!refused_since_) refused_since_ = now();
  const bool too_long = now() - *refused_since_ >= context_.timing.refusal.count();
  if (!(was_allowed || context_.is_established) || too_long) throw Error(error);
}

ReflectorPauses::Milliseconds ReflectorPauses::first_attempts(const Error& error,
                                                              std::optional<Milliseconds> pause) {
  if (!pause) throw Error(error);
  failure_ = error.what();
  return *pause;
}

ReflectorPauses::Milliseconds ReflectorPauses::after(const Error& error,
                                                     std::optional<Milliseconds> told) {
  failure_ = error.what();
  auto pause = backoff_.next();
  if (told) pause = std::max(pause, std::min(*told, kLongestTold));
  tell(failure_, pause);
  return pause;
}

// One failure is nothing out of the ordinary: connections break off, servers restart.
void ReflectorPauses::tell(const std::string& reason, Milliseconds pause) {
  if (works_since_ && now() - *works_since_ >= kWhile.count()) failures_ = 0;
  works_since_.reset();
  if (++failures_ < 2 || !context_.on_trouble) return;
  trouble_told_ = true;
  context_.on_trouble({what_, reason, pause});
}

void ReflectorPauses::lasts() {
  failures_ = 0;
  backoff_.begin_anew();
}

void ReflectorPauses::works() {
  has_worked_ = true;
  if (!works_since_) works_since_ = now();
  failure_.clear();
  if (!std::exchange(trouble_told_, false) || !context_.on_trouble) return;
  context_.on_trouble({what_, {}, {}});
}

}  // namespace podreg::k8s
