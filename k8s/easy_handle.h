// One easy handle of libcurl with the lists that it refers to, set up for the API server of a
// Connection: address, TLS and proxy; and the headers that say who asks.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "k8s/connection.h"
#include "k8s/headers.h"
#include "k8s/server_address.h"
#include "k8s/transport_error.h"

namespace podreg::k8s {

// To be called before anything else of libcurl; only the first call does something. Throws
// std::bad_alloc.
void initialise_libcurl();

class EasyHandle {
 public:
  // Initialises libcurl when it is the first. Throws std::bad_alloc.
  EasyHandle();

  CURL* get() const { return easy_.get(); }

  // What can fail is memory; an option that this libcurl does not know is a fault of the build.
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (curl_easy_setopt(easy_.get(), option, value) != CURLE_OK) throw std::bad_alloc();
  }

  // The certificates of both sides, and TLS 1.2 or later.
  void set_tls(const Connection& connection, const Credentials& credentials);

  // The connection's proxy, or none. It speaks TLS on the same terms as the server, as Go's
  // transport has it, but gets no client certificate.
  void set_proxy(const Connection& connection);

  // The URL of the target; with a tls-server-name the one under that name, connected to the real
  // address and with the Host header of that.
  void set_url(const Connection& connection, const ServerAddress& server,
               const std::string& target);

  // "Name: value". "Name:" without a value keeps libcurl's own header of that name from being sent.
  // May still be called when libcurl connects, before it sends the headers.
  void add_header(const std::string& line);

  // What there is to say of a transfer that ended with this code, apart from the proxy and the
  // answer.
  TransferFailure failure(CURLcode code) const;

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using StringList = std::unique_ptr<curl_slist, ListDeleter>;

  // The options that say the same of the server and of a proxy.
  struct TrustOptions {
    CURLoption version, verify_peer, verify_host, ca_blob, ca_path;
  };

  void set_trust(const TrustOptions& options, const Connection& connection);
  void set_blob(CURLoption option, const std::string& pem);
  static void append(StringList& list, const std::string& text);
  static curl_socket_t open_socket(void* error, curlsocktype purpose, curl_sockaddr* address);

  std::unique_ptr<int> socket_error_;  // errno of socket(2), which libcurl does not tell
  StringList headers_;
  StringList connect_to_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
};

// The headers that say who asks, and as whom.
Headers identity_headers(const Connection& connection, const Credentials& credentials);

}  // namespace podreg::k8s
