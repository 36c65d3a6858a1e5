// The HTTP part of a WebSocket connection (RFC 6455, section 4), as text: what is sent, and whether
// the answer accepts it.
#pragma once

#include <string>
#include <string_view>

#include "k8s/headers.h"

namespace podreg::k8s {

struct WebsocketRequest {
  std::string target;  // path and query
  std::string host;    // as in the Host header
  std::string key;     // see websocket_key()
  std::string protocol;
  Headers headers;  // of the caller's
};

// 16 random bytes in base64. Throws std::bad_alloc when there is no randomness.
std::string websocket_key();

std::string to_text(const WebsocketRequest& request);

struct WebsocketAnswer {
  int status = 0;
  Headers headers;

  // The header's value, whatever the case of its name; empty when it is absent.
  std::string header(std::string_view name) const;
};

// Reads the head of an answer, up to and with the empty line. `server` is who answers, for
// messages. Throws Error(invalid_data) when it is not HTTP/1.
WebsocketAnswer parse_answer(std::string_view head, std::string_view server);

// Why an answer of status 101 does not fit the request; empty when it does.
std::string misfit(const WebsocketRequest& request, const WebsocketAnswer& answer);

}  // namespace podreg::k8s
