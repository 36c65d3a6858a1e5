#include "k8s/easy_handle.h"

#include <fmt/format.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "k8s/wiped_memory.h"

namespace podreg::k8s {

void initialise_libcurl() {
  // It holds the headers of requests, and with them the token.
  static const CURLcode result = curl_global_init_mem(CURL_GLOBAL_DEFAULT, std::malloc, wiping_free,
                                                      wiping_realloc, ::strdup, std::calloc);
  if (result != CURLE_OK) throw std::bad_alloc();
}

EasyHandle::EasyHandle() : socket_error_(std::make_unique<int>(0)) {
  initialise_libcurl();
  easy_.reset(curl_easy_init());
  if (!easy_) throw std::bad_alloc();
  set(CURLOPT_OPENSOCKETFUNCTION, &EasyHandle::open_socket);
  set(CURLOPT_OPENSOCKETDATA, socket_error_.get());
}

// libcurl's own would stay open in a child, and keep the reason of a failure for itself.
curl_socket_t EasyHandle::open_socket(void* error, curlsocktype /*purpose*/,
                                      curl_sockaddr* address) {
  const int type = address->socktype | SOCK_CLOEXEC;
  const int descriptor = ::socket(address->family, type, address->protocol);
  if (descriptor < 0) *static_cast<int*>(error) = errno;
  return descriptor < 0 ? CURL_SOCKET_BAD : descriptor;
}

TransferFailure EasyHandle::failure(CURLcode code) const {
  TransferFailure failure;
  failure.code = code;
  curl_easy_getinfo(get(), CURLINFO_SSL_VERIFYRESULT, &failure.verify_result);
  curl_easy_getinfo(get(), CURLINFO_OS_ERRNO, &failure.os_error);
  // Another address of the server may have been tried, and have refused.
  if (failure.os_error == 0 || is_out_of_files(*socket_error_)) failure.os_error = *socket_error_;
  return failure;
}

void EasyHandle::append(StringList& list, const std::string& text) {
  curl_slist* longer = curl_slist_append(list.get(), text.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  list.reset(longer);
}

void EasyHandle::add_header(const std::string& line) {
  const bool first = !headers_;
  append(headers_, line);
  if (first) set(CURLOPT_HTTPHEADER, headers_.get());  // the list keeps its beginning
}

void EasyHandle::set_blob(CURLoption option, const std::string& pem) {
  if (pem.empty()) return;
  curl_blob blob{};
  blob.data = const_cast<char*>(pem.data());  // read only, whatever the type says
  blob.len = pem.size();
  blob.flags = CURL_BLOB_COPY;
  set(option, &blob);
}

void EasyHandle::set_trust(const TrustOptions& options, const Connection& connection) {
  set(options.version, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(options.verify_peer, connection.insecure_skip_tls_verify ? 0L : 1L);
  set(options.verify_host, connection.insecure_skip_tls_verify ? 0L : 2L);
  if (connection.ca_pem.empty()) return;
  set_blob(options.ca_blob, connection.ca_pem);
  // A blob takes the place of the file of the system's authorities, but not of their folder.
  set<char*>(options.ca_path, nullptr);
}

void EasyHandle::set_tls(const Connection& connection, const Credentials& credentials) {
  set_trust({CURLOPT_SSLVERSION, CURLOPT_SSL_VERIFYPEER, CURLOPT_SSL_VERIFYHOST,
             CURLOPT_CAINFO_BLOB, CURLOPT_CAPATH},
            connection);
  set_blob(CURLOPT_SSLCERT_BLOB, credentials.client_cert_pem);
  set_blob(CURLOPT_SSLKEY_BLOB, credentials.client_key_pem);
}

void EasyHandle::set_proxy(const Connection& connection) {
  set(CURLOPT_PROXY, connection.proxy_url.c_str());  // empty: none, whatever the environment says
  set(CURLOPT_NOPROXY, connection.no_proxy.c_str());
  if (connection.proxy_url.empty()) return;
  set_trust({CURLOPT_PROXY_SSLVERSION, CURLOPT_PROXY_SSL_VERIFYPEER, CURLOPT_PROXY_SSL_VERIFYHOST,
             CURLOPT_PROXY_CAINFO_BLOB, CURLOPT_PROXY_CAPATH},
            connection);
}

// libcurl takes the name for TLS from the URL alone. So the URL gets that name, while the
// connection goes to the real address; and the Host header stays, as it does with kubectl.
void EasyHandle::set_url(const Connection& connection, const ServerAddress& server,
                         const std::string& target) {
  ServerAddress address = server;
  if (server.tls && !connection.tls_server_name.empty()) {
    address.host = connection.tls_server_name;
    append(connect_to_, fmt::format("{}:{}", address.host_and_port(), server.host_and_port()));
    set(CURLOPT_CONNECT_TO, connect_to_.get());
    add_header(fmt::format("Host: {}", server.host_and_port()));
  }
  set(CURLOPT_URL, (address.url() + target).c_str());
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
}

Headers identity_headers(const Connection& connection, const Credentials& credentials) {
  Headers headers;
  if (!credentials.token.empty()) {
    headers.emplace_back("Authorization", fmt::format("Bearer {}", credentials.token));
  } else if (const auto basic = basic_authorization(credentials); !basic.empty()) {
    headers.emplace_back("Authorization", fmt::format("Basic {}", basic));
  }
  for (auto& header : impersonation_headers(connection.impersonation)) {
    headers.push_back(std::move(header));
  }
  return headers;
}

}  // namespace podreg::k8s
