// What -v, -vv and -vvv show of requests. Nothing of it holds a secret (k8s/masking.h), but all
// that came from the network may hold control characters.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace podreg::k8s {

// How much of a request is kept to be shown.
enum class Detail { line, headers, bodies };

// Of a body no more than this is shown.
inline constexpr std::size_t kShownBody = std::size_t{10} << 10;

struct ShownBody {
  std::string type;       // its media type
  bool is_text = false;   // JSON or text; anything else is only described
  std::string beginning;  // of a text: its first bytes
  std::uint64_t size = 0;
};

// One attempt of a request, when it has ended or was given up.
struct Exchange {
  std::string method;
  std::string url;
  int status = 0;                // 0: no answer
  std::uint64_t bytes = 0;       // of the body
  std::uint64_t wire_bytes = 0;  // of the body as it came, which may be compressed
  std::chrono::microseconds time{0};

  // With Detail::headers; "Name: value", before them the request's line and CONNECT's to a proxy.
  std::vector<std::string> request_headers;
  std::vector<std::string> response_headers;

  // With Detail::bodies.
  ShownBody sent;
  ShownBody received;
};

// Before a request is sent again.
struct Retry {
  std::string method;
  std::string url;
  std::string reason;  // "503", or why there was no answer
  std::chrono::milliseconds pause{0};
};

// Must not throw.
using Observer = std::function<void(const Exchange&)>;
using RetryObserver = std::function<void(const Retry&)>;

}  // namespace podreg::k8s
