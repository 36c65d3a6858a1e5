#include "k8s/retry.h"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>

namespace podreg::k8s {
namespace {

using std::chrono::milliseconds;

constexpr int kOwnPauses = 3;
constexpr int kPauses = 9;
constexpr milliseconds kFirstPause{200};
constexpr milliseconds kLongestToldPause{60'000};
constexpr milliseconds kShortestAttempt{100};

milliseconds share_of(milliseconds time, double share) {
  return milliseconds(static_cast<std::int64_t>(static_cast<double>(time.count()) * share));
}

bool passes_by(int status) {
  return status == 429 || status == 500 || (status >= 502 && status <= 504);
}

}  // namespace

Retries::Retries(core::Clock& clock, const std::function<double()>& jitter, Milliseconds whole,
                 bool is_write)
    : clock_(clock), jitter_(jitter), is_write_(is_write) {
  if (whole.count() != 0) end_ = clock_.now_milliseconds() + whole.count();
}

std::optional<milliseconds> Retries::after(Fault fault) {
  if (fault == Fault::lasting || (is_write_ && fault != Fault::not_connected)) return std::nullopt;
  return own_pause();
}

std::optional<milliseconds> Retries::after(int status, const std::string& retry_after) {
  if (!passes_by(status)) return std::nullopt;
  const auto told = parse_retry_after(retry_after, clock_.now_milliseconds());
  if (is_write_ && (!told || (status != 429 && status != 503))) return std::nullopt;
  return told ? told_pause(*told) : own_pause();
}

std::optional<milliseconds> Retries::own_pause() {
  if (own_pauses_ == kOwnPauses) return std::nullopt;
  const auto longest = kFirstPause * (1 << own_pauses_++);
  return in_time(longest / 2 + share_of(longest / 2, jitter_()));
}

std::optional<milliseconds> Retries::told_pause(milliseconds told) {
  if (told > kLongestToldPause) return std::nullopt;
  return in_time(told + share_of(kFirstPause, jitter_()));
}

std::optional<milliseconds> Retries::in_time(milliseconds pause) {
  if (++pauses_ > kPauses) return std::nullopt;
  const auto needed = (pause + kShortestAttempt).count();
  if (end_ && clock_.now_milliseconds() + needed > *end_) return std::nullopt;
  return pause;
}

std::optional<milliseconds> parse_retry_after(const std::string& header, std::int64_t now) {
  std::int64_t seconds = 0;
  const char* const end = header.data() + header.size();
  const auto [stop, error] = std::from_chars(header.data(), end, seconds);
  if (stop == end && error == std::errc{} && seconds >= 0) {
    constexpr std::int64_t kForEver = 1'000'000'000;  // a number that can be multiplied
    return milliseconds(std::min(seconds, kForEver) * 1000);
  }
  const std::time_t date = curl_getdate(header.c_str(), nullptr);
  if (date == -1) return std::nullopt;
  return milliseconds(std::max<std::int64_t>(0, std::int64_t{date} * 1000 - now));
}

}  // namespace podreg::k8s
