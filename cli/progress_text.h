// How far a work is, in words.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "k8s/reading.h"
#include "rpc/tally.h"

namespace podreg::cli {

// A piece of work that is shown while it lasts.
struct Work {
  std::string what;       // "asking providers"
  std::string_view done;  // what it is to be done with one of many: "answered"
  std::variant<std::monostate, rpc::Tally, k8s::ReadCounts> counts;
  std::chrono::steady_clock::time_point began;
  bool is_heard = false;  // set() or look() are called again and again while it lasts
};

// `asking providers: 40 of 200 answered, 2 failed, 3 s`, `reading pods: 12,400 objects, 9.1 MiB`:
// what is zero is left out, and so is the first second. Safe for a terminal.
std::string progress_text(const Work& work, std::chrono::steady_clock::time_point now);

// "640 KiB", "9.1 MiB".
std::string byte_text(std::uint64_t bytes);

}  // namespace podreg::cli
