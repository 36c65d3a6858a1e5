// One easy handle of libcurl with the lists that it refers to, set up for the API server of a
// Connection: TLS, proxy and who asks.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "k8s/connection.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

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

  // The handle copies nothing: the PEM texts of both must outlive it.
  void set_tls(const Connection& connection, const Credentials& credentials);

  // The connection's proxy, or none.
  void set_proxy(const Connection& connection);

  // The URL of the target; with a tls-server-name the one under that name, connected to the real
  // address. Returns the Host header that then has to be sent, or an empty text.
  std::string set_url(const Connection& connection, const ServerAddress& server,
                      const std::string& target);

 private:
  struct EasyDeleter {
    void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
  };
  struct ListDeleter {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
  };
  using StringList = std::unique_ptr<curl_slist, ListDeleter>;

  void set_blob(CURLoption option, const std::string& pem);
  static void append(StringList& list, const std::string& text);

  StringList connect_to_;
  std::unique_ptr<CURL, EasyDeleter> easy_;
};

// The headers that say who asks, and as whom.
std::vector<std::pair<std::string, std::string>> identity_headers(const Connection& connection,
                                                                  const Credentials& credentials);

}  // namespace podreg::k8s
