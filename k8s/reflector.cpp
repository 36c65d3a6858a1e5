#include "k8s/reflector.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "core/short_text.h"
#include "k8s/api_error.h"
#include "k8s/media_types.h"
#include "k8s/pod_list.h"
#include "k8s/read_errors.h"

namespace podreg::k8s {
namespace {

using core::Error;
using core::ErrorKind;
using std::chrono::milliseconds;

constexpr int kGone = 410;
constexpr milliseconds kSoon{10'000};      // a list that is too old so soon is to be paused for
constexpr milliseconds kShortWatch{1000};  // one that ends so soon, without an event, has failed

// The bytes of one object, as a source.
class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text) {}
  std::string_view next() override { return std::exchange(text_, {}); }

 private:
  std::string_view text_;
};

}  // namespace

Reflector::Reflector(ReflectorContext& context, Subject subject, ObjectStore& store)
    : context_(context),
      subject_(std::move(subject)),
      store_(store),
      pauses_(context, subject_.what.object()) {}

std::string Reflector::name() const {
  return fmt::format("the watch of {} at {}", subject_.what.object(),
                     context_.transport.server().host_and_port());
}

void Reflector::step() {
  if (phase_ == Phase::pause) {
    if (now() < pause_end()) return;
    begin();
  }
  while (answer_ && take_head()) {
    const bool more = phase_ == Phase::list ? read_list() : read_events();
    if (!more) break;
  }
  if (answer_) check_silence();
}

void Reflector::begin() {
  if (!version_.empty()) return begin_watch();
  store_.begin();
  if (context_.streams_lists && !plain_list_) return begin_watch();
  ask(subject_.what, subject_.accept_list, Phase::list);
}

void Reflector::begin_watch() {
  const auto shortest = context_.timing.watch;
  const auto longer = static_cast<double>(shortest.count()) * context_.jitter();
  timeout_ = shortest + std::chrono::seconds(static_cast<std::int64_t>(longer));
  ApiCall call = subject_.what;
  call.watch = true;
  call.resource_version = version_;
  call.initial_events = version_.empty();
  call.timeout = timeout_;
  ask(call, subject_.accept_watch, version_.empty() ? Phase::initial_events : Phase::watch);
}

void Reflector::ask(const ApiCall& call, const std::string& accept, Phase phase) {
  Request request{call.target(), accept};
  request.largest_body = phase == Phase::list ? context_.largest_list : UINT64_MAX;
  began_ = heard_ = now();
  head_taken_ = heard_event_ = false;
  initial_bytes_ = 0;
  lines_ = {};
  phase_ = phase;
  try {
    answer_ = context_.transport.start_live(request);
  } catch (const Error& error) {  // no credentials at the moment: a file or plugin has them later
    if (!pauses_.is_patient()) throw;
    pause(pauses_.after(error));
  }
}

// Whether the answer has begun, and is one to be read.
bool Reflector::take_head() {
  if (head_taken_) return true;
  const auto status = answer_->status();
  if (!status) {
    if (answer_->ended()) {
      const auto error = answer_->error();
      fail(error.value_or(Error(ErrorKind::unreachable, name() + " ended before it began")),
           answer_->fault());
    }
    return false;
  }
  head_taken_ = true;
  heard_ = now();
  context_.warnings.take(answer_->headers("Warning"));
  if (*status != 200) {
    take_refusal(*status);
    return false;
  }
  ++context_.answers;
  renewed_ = false;
  pauses_.answered();
  if (phase_ != Phase::list) has_watched_ = true;
  if (phase_ == Phase::watch) pauses_.works();
  return true;
}

bool Reflector::is_streaming_refused(int status) const {
  return phase_ == Phase::initial_events && (status == 400 || status == 422);
}

void Reflector::take_refusal(int status) {
  const FailedAnswer answer = answer_->read_failure();
  if (is_streaming_refused(status)) {
    context_.streams_lists = false;
    return pause(milliseconds(0));
  }
  plain_list_ = phase_ == Phase::initial_events && status >= 500;
  if (status == kGone && phase_ == Phase::watch) return list_anew();
  if (status == 401 && !renewed_) {
    renewed_ = true;
    if (answer_->renew_credentials()) return pause(milliseconds(0));
  }
  ApiCall call = subject_.what;
  call.watch = phase_ != Phase::list;
  const Error error =
      api_error(call, context_.transport.connection(), context_.transport.server(), answer);
  if (error.kind() == ErrorKind::not_allowed) renewed_ = false;
  pause(pauses_.after_answer(error, status, answer_->header("Retry-After"), has_watched_));
}

// False: nothing more can be done now.
bool Reflector::read_list() {
  ReadSummary summary;
  try {
    const std::string type = media_type(answer_->header("Content-Type"));
    if (type == kProtobufType) {
      summary = read_pod_list(*answer_, name(), false, store_.put().pod);
    } else if (type == kJsonType) {
      summary = without_hint([&] {
        return read_json(*answer_, name(), std::string(subject_.what.resource.kind), store_.put());
      });
    } else {
      throw unexpected_type(context_.transport.server(), type);
    }
    if (summary.objects != summary.taken || summary.resource_version.empty()) {
      throw Error(ErrorKind::invalid_data,
                  fmt::format("{} holds no list of {}", name(), subject_.what.resource.plural));
    }
  } catch (const Error& error) {
    // Who reads has come to the end of what there is: it was cut short.
    const bool cut = answer_->ended();
    fail(error, cut ? answer_->fault() : Fault::lasting);
    return false;
  }
  listed(std::move(summary.resource_version));
  pause(milliseconds(0));
  return false;
}

void Reflector::listed(std::string version) {
  store_.commit();
  version_ = std::move(version);
  has_listed_ = true;
  plain_list_ = false;
  listed_at_ = now();
  pauses_.works();
}

bool Reflector::read_events() {
  const auto piece = answer_->take();
  if (piece.empty()) {
    if (answer_->ended()) take_end();
    return false;
  }
  heard_ = now();
  if (phase_ == Phase::initial_events && streams_too_much(piece.size())) {
    ask_plainly();
    return false;
  }
  lines_.feed(piece);
  try {
    while (answer_) {
      const auto line = lines_.next(name());
      if (!line) break;
      take_event(*line);
    }
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::invalid_data) throw;
    version_.clear();
    fail(error, Fault::broken_off);
  }
  return answer_ != nullptr;
}

// A list without end is progress all the same: only its size tells.
bool Reflector::streams_too_much(std::size_t bytes) {
  initial_bytes_ += bytes;
  return initial_bytes_ > context_.largest_list;
}

// Until when it may come as events; nothing: as long as it likes.
std::optional<std::int64_t> Reflector::stream_end() const {
  const auto whole = context_.transport.timeouts().whole;
  if (phase_ != Phase::initial_events || whole.count() == 0) return std::nullopt;
  return began_ + whole.count();
}

// A plain list has the same bounds (k8s/transport.h), so that one of them ends it.
void Reflector::ask_plainly() {
  plain_list_ = true;
  pause(milliseconds(0));
}

void Reflector::take_event(std::string_view line) {
  const WatchEvent event = parse_watch_event(line, name());
  if (event.type == WatchEvent::Type::error) return take_error(event);
  heard_event_ = true;
  if (event.type != WatchEvent::Type::bookmark) put_object(event);
  if (phase_ == Phase::watch) {
    // One that follows a list proves nothing: the server may be one that forgets at once.
    if (goes_on_) pauses_.lasts();
    if (!event.resource_version.empty()) version_ = event.resource_version;
  } else if (event.initial_events_end && !event.resource_version.empty()) {
    listed(event.resource_version);
    phase_ = Phase::watch;
  }
}

void Reflector::put_object(const WatchEvent& event) {
  const bool gone = event.type == WatchEvent::Type::deleted;
  TextSource source(event.object);
  const auto summary = without_hint([&] {
    return read_json(source, name(), std::string(subject_.what.resource.kind),
                     gone ? store_.erase() : store_.put());
  });
  if (summary.taken != 1) {
    throw Error(ErrorKind::invalid_data, fmt::format("{} tells of something that is no {}", name(),
                                                     subject_.what.resource.kind));
  }
}

void Reflector::take_error(const WatchEvent& event) {
  if (event.code == kGone && phase_ == Phase::watch) return list_anew();
  const std::string reason =
      fmt::format("{} ended with an error {}: {}", name(), event.code,
                  core::short_text(answer_->secrets().masked(event.message)));
  version_.clear();
  plain_list_ = phase_ == Phase::initial_events;
  std::optional<milliseconds> told;
  if (event.retry_after) told = *event.retry_after;
  const Error error(ErrorKind::unreachable, reason);
  if (pauses_.is_patient()) return pause(pauses_.after(error, told));
  fail(error, Fault::broken_off);
}

// A watch that lasted a while ends for no particular reason: its time is over, the server restarts.
void Reflector::take_end() {
  const auto error = answer_->error();
  const bool in_order =
      !error && phase_ == Phase::watch && (heard_event_ || now() - began_ >= kShortWatch.count());
  if (in_order) return pause(milliseconds(0));
  fail(error.value_or(Error(ErrorKind::unreachable, name() + " ended at once")),
       error ? answer_->fault() : Fault::broken_off);
}

void Reflector::check_silence() {
  const WatchTiming& timing = context_.timing;
  const std::int64_t time = now();
  if (phase_ == Phase::initial_events && head_taken_ &&
      time - heard_ >= timing.initial_end.count()) {
    context_.streams_lists = false;  // it may not know that somebody waits for the end
    return pause(milliseconds(0));
  }
  if (head_taken_ && time >= stream_end().value_or(INT64_MAX)) return ask_plainly();
  const bool waits_for_head = !head_taken_ && time - began_ >= timing.answer.count();
  const bool lasts_too_long =
      phase_ == Phase::watch && head_taken_ &&
      time - began_ >= milliseconds(timeout_).count() + timing.margin.count();
  const bool is_silent = time - heard_ >= timing.margin.count();
  if (!waits_for_head && !(lasts_too_long && is_silent)) return;
  context_.is_silent = true;
  fail(Error(ErrorKind::unreachable, fmt::format("{} is silent", name())), Fault::broken_off);
}

std::int64_t Reflector::next_step_at() const {
  if (phase_ == Phase::pause) return pause_end();
  const WatchTiming& timing = context_.timing;
  if (!head_taken_) return began_ + timing.answer.count();
  if (phase_ == Phase::initial_events) {
    return std::min(heard_ + timing.initial_end.count(), stream_end().value_or(INT64_MAX));
  }
  const auto end = began_ + milliseconds(timeout_).count() + timing.margin.count();
  return std::max(end, heard_ + timing.margin.count());
}

void Reflector::interrupt() {
  if (phase_ != Phase::pause) pause(milliseconds(0));
}

void Reflector::pause(milliseconds time) {
  answer_.reset();
  goes_on_ = phase_ == Phase::watch && !version_.empty();
  phase_ = Phase::pause;
  pause_until_ = now() + time.count();
  answers_before_.reset();
}

std::int64_t Reflector::pause_end() const {
  const bool is_back = answers_before_ && *answers_before_ != context_.answers;
  return is_back ? 0 : pause_until_;
}

void Reflector::list_anew() {
  version_.clear();
  const bool again = now() - listed_at_ < kSoon.count();
  pause(again ? pauses_.next() : milliseconds(0));
}

void Reflector::fail(const Error& error, Fault fault) {
  pause(pauses_.after_fault(error, fault));
  if (pauses_.is_patient() && fault != Fault::lasting) answers_before_ = context_.answers;
}

}  // namespace podreg::k8s
