// What an API server answers when it does not do what it was asked.
//
// Format: metav1.Status, as JSON or, to who asked for it, as Kubernetes' protobuf (k8s/pod_list.h):
// Status{ 2 status, 3 message, 4 reason, 5 details{ 1 name, … }, 6 code }. Answers of
// something else on the way, a proxy or another web server, come in any form.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "k8s/api_call.h"
#include "k8s/masking.h"
#include "k8s/response.h"

namespace podreg::k8s {

// At most this much of the body of an error is looked at.
inline constexpr std::size_t kLargestErrorBody = std::size_t{64} << 10;

struct ApiStatus {
  std::string message;
  std::string reason;         // "NotFound", "Forbidden", …
  std::string object_name{};  // details.name; may be empty
};

// The Status in a body; nothing when it is something else. Never throws.
std::optional<ApiStatus> read_status(std::string_view content_type, std::string_view body);

// An answer other than 200.
struct FailedAnswer {
  int status = 0;
  std::string content_type;
  std::string location = {};           // of a redirect
  std::string body = {};               // its first kLargestErrorBody bytes
  std::optional<ApiStatus> said = {};  // the Status in it

  // Reads the Status, too, whose texts are masked once more: JSON may write a secret in another way
  // than it was sent.
  void take_body(const std::string& text, const SentSecrets& secrets);
};

// Reads what there is to know of it. Throws what the response throws, but of 401 and 403 a body
// that breaks off is none: a server that refuses need not wait for the request's own body, and
// libcurl then takes the answer for incomplete.
FailedAnswer read_failure(Response& response, int status);

// Whether the answer says that the one object asked for does not exist, and is Kubernetes' own.
bool is_absent(const ApiCall& call, const FailedAnswer& answer);

}  // namespace podreg::k8s
