// What libcurl says of a failed request, as one sentence that names the server and why.
#pragma once

#include <curl/curl.h>

#include <cstdint>
#include <string>

#include "core/error.h"
#include "k8s/connection.h"
#include "k8s/retry.h"
#include "k8s/server_address.h"
#include "k8s/transport.h"

namespace podreg::k8s {

struct TransferFailure {
  CURLcode code = CURLE_OK;
  std::string detail;      // libcurl's own words; may be empty
  long verify_result = 0;  // OpenSSL's X509_V_ERR_…; 0 when that was not it
  long os_error = 0;       // errno of connect(2) or socket(2), 0 for none
  bool answered = false;   // the head of an answer had arrived
  bool too_many_headers = false;
  bool is_bomb = false;         // the body unpacks to far more than arrived
  std::uint64_t too_large = 0;  // the limit that the body went beyond; 0: it did not
  long proxy_status = 0;        // what a proxy said to CONNECT; 0 when there was none
};

// Whether that errno means that no more files can be opened.
bool is_out_of_files(long os_error);

// Whether another attempt makes sense.
Fault fault_of(const TransferFailure& failure);

// Kinds: unreachable; invalid_data when what we were given (certificates, keys) or what answered
// (not HTTP, more than is taken) is at fault.
core::Error transport_error(const ServerAddress& server, const Connection& connection,
                            const Timeouts& timeouts, const TransferFailure& failure);

// The server took longer than Timeouts::answer, or Timeouts::whole, or until TransportOptions::end.
core::Error too_slow(const ServerAddress& server, bool answered, std::chrono::milliseconds limit);
core::Error too_long(const ServerAddress& server, bool answered, std::chrono::milliseconds limit);
core::Error out_of_time(const ServerAddress& server, bool answered);

}  // namespace podreg::k8s
