// Whether a request is sent again, and when.
//
// A read is sent again when no connection could be made or it broke off, and after an answer of
// 429, 500, 502, 503 or 504. A write is only when the server cannot have acted: no connection was
// made, or the answer is 429 or 503 with a Retry-After, by which the server says that it turned the
// request away. A limit of time that has passed ends both.
//
// Four attempts, with pauses of at most 200, 400 and 800 ms between them, half to all of which is
// waited, by chance; 1.4 s at most. When the server says how long to wait, that is waited, and a
// little longer by chance, ten attempts in all (as client-go); but a server that wants more than
// 60 s is not waited for. Everything stays within --request-timeout; an attempt for which less than
// 100 ms were left is not made: that it came too late would say less than the answer before.
//
// Format of Retry-After: RFC 9110, section 10.2.3, seconds or an HTTP date.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/clock.h"

namespace podreg::k8s {

// Why there is no answer, or not the whole of it.
enum class Fault {
  lasting,        // another attempt would end the same, or there is no time left
  not_connected,  // the server has seen nothing of the request
  broken_off,     // the server may have acted
};

// The attempts of one request.
class Retries {
 public:
  using Milliseconds = std::chrono::milliseconds;

  // It begins now. `jitter` gives a number from 0 to 1 each time; `whole` is the time for all
  // attempts, zero: no limit. Clock and jitter must outlive it.
  Retries(core::Clock& clock, const std::function<double()>& jitter, Milliseconds whole,
          bool is_write);

  // How long to wait before the next attempt; nothing: there is none.
  std::optional<Milliseconds> after(Fault fault);

  // `retry_after` is the header, empty when there is none.
  std::optional<Milliseconds> after(int status, const std::string& retry_after);

 private:
  std::optional<Milliseconds> own_pause();
  std::optional<Milliseconds> told_pause(Milliseconds told);
  std::optional<Milliseconds> in_time(Milliseconds pause);

  core::Clock& clock_;
  const std::function<double()>& jitter_;
  std::optional<std::int64_t> end_;
  bool is_write_;
  int own_pauses_ = 0;
  int pauses_ = 0;
};

// How long a Retry-After asks to wait from `now` (milliseconds since the epoch), not less than
// zero; nothing when it is not well formed.
std::optional<std::chrono::milliseconds> parse_retry_after(const std::string& header,
                                                           std::int64_t now);

}  // namespace podreg::k8s
