// The answer to one request of a Transport.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "k8s/byte_source.h"
#include "k8s/masking.h"
#include "k8s/retry.h"
#include "k8s/transport.h"

namespace podreg::k8s {

// Must not outlive its Transport; dropping it before its end gives it up. Every function but the
// destructor may wait, and throws Error: unreachable when the server cannot be reached, breaks off
// or takes too long; invalid_data when it does not speak HTTP, sends too many headers, too large a
// body or one that is a compressed bomb, or when the certificates given cannot be used.
class Response final : public ByteSource {
 public:
  // Begins the request.
  Response(Transport& transport, Request request);
  ~Response() override;
  Response(const Response&) = delete;
  Response& operator=(const Response&) = delete;

  // The status, 200 to 599. Until it is there the request is sent again as need be.
  int status();

  // The value of a header, whatever the case of its name; empty when it is absent. Of one that is
  // there several times: the first, or all.
  std::string header(std::string_view name);
  std::vector<std::string> headers(std::string_view name);

  // The body, piece by piece. libcurl 7.88 may end an HTTP/2 body that was cut short as if it were
  // complete: parsers must see for themselves that what they read is whole.
  std::string_view next() override;

  // Waits no longer than it takes to find the end that is on its way, so that the connection can be
  // used again: libcurl 7.88 now and then never reports the end of an HTTP/2 body.
  std::string_view rest() override;

  // The body as a whole, but no more than `limit` bytes of it. Where the token or password that was
  // sent comes back, here or in a header, it is masked.
  std::string read_up_to(std::size_t limit);

  // What was sent, to be masked in texts that are made of the answer: JSON may have written it in
  // another way. Valid until the request is sent again.
  const SentSecrets& secrets() const;

  // For who found that the body breaks off or is cut short: sends the request again, after a pause,
  // when that is to be done. Everything begins anew then, from the status on; false: no other
  // attempt is made.
  bool ask_again();

 private:
  std::optional<core::Error> head_error();
  bool ask_again_after_answer();
  bool ask_again_after_fault(const std::string& reason);
  bool ask_again_in(std::optional<std::chrono::milliseconds> pause, const std::string& reason);
  void begin();

  Transport& transport_;
  Request request_;
  Retries retries_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  int generation_ = 0;    // of the credentials that were sent
  bool refused_ = false;  // once, with a 401
  bool settled_ = false;  // the head, or that there will be none
  std::unique_ptr<Transfer> transfer_;
};

}  // namespace podreg::k8s
