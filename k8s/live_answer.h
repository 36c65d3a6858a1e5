// The answer to one attempt of a request, for who waits for several at once: nothing waits here but
// the reading of a body that is read as a whole.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "k8s/byte_source.h"
#include "k8s/failed_answer.h"
#include "k8s/masking.h"
#include "k8s/retry.h"
#include "k8s/transport.h"

namespace podreg::k8s {

// Must not outlive its Transport, whose work() makes the bytes arrive; dropping it before its end
// gives it up.
class LiveAnswer final : public ByteSource {
 public:
  // Begins the request. Throws what Transport::start throws.
  LiveAnswer(Transport& transport, const Request& request);
  ~LiveAnswer() override;
  LiveAnswer(const LiveAnswer&) = delete;
  LiveAnswer& operator=(const LiveAnswer&) = delete;

  // The status, 200 to 599, when it is there.
  std::optional<int> status();

  // Of an answer whose status is there; as in Response.
  std::string header(std::string_view name);
  std::vector<std::string> headers(std::string_view name);

  // What has arrived of the body since the last call; valid until the next one.
  std::string_view take();
  // Whether nothing more will come; then error() says why, or nothing for the end of the answer,
  // and fault() whether another attempt makes sense.
  bool ended() const;
  std::optional<core::Error> error() const;
  Fault fault() const;

  // The body piece by piece, waiting for each. Throws as Response does.
  std::string_view next() override;
  std::string_view rest() override;

  // What was sent, to be masked in texts that are made of the answer; valid as long as it is.
  const SentSecrets& secrets() const;

  // Of an answer other than 200; waits for the rest of it, and throws nothing: what cannot be had
  // is left out.
  FailedAnswer read_failure();

  // After a 401: whether there may be other credentials by now, so that asking again makes sense.
  bool renew_credentials();

 private:
  Transport& transport_;
  int generation_;  // of the credentials that were sent
  std::unique_ptr<Transfer> transfer_;
};

}  // namespace podreg::k8s
