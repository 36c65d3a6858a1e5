// libcurl's multi interface: what moves the bytes of all requests to one server.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <optional>

namespace podreg::k8s {

// All requests to one server; moves the bytes of all of them. Outlives its Transfers.
class Multiplexer {
 public:
  Multiplexer();

  void add(CURL* easy);
  void remove(CURL* easy);

  // Takes and sends what can be at once, and tells the Transfers that ended.
  void work();

  // Waits until there is something to do, at most so long, or until the descriptor (-1: none) can
  // be read, which is what it returns.
  bool wait(std::chrono::milliseconds limit, int descriptor = -1);

  // Whether the last connection went to a near address; nothing before there was one.
  std::optional<bool> near;

 private:
  struct Deleter {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };
  std::unique_ptr<CURLM, Deleter> multi_;
};

}  // namespace podreg::k8s
