// A server that does exactly what a test says, byte by byte, with or without TLS: for answers that
// no proper server would give. It listens on a free port of 127.0.0.1; every connection runs the
// test's script in a thread of its own.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/support/tls_identity.h"

namespace podreg::tests {

// One connection that was accepted. Writing to a client that has gone is no error.
class Peer {
 public:
  // Takes the socket; `context` may be null: no TLS.
  Peer(int socket, SSL_CTX* context) : socket_(socket), ssl_(nullptr, SSL_free) {
    if (context == nullptr) return;
    ssl_.reset(SSL_new(context));
    SSL_set_fd(ssl_.get(), socket_);
    ready_ = SSL_accept(ssl_.get()) == 1;
  }
  ~Peer() { ::close(socket_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  bool ready() const { return ready_; }

  // Up to `limit` bytes; empty when the client has gone.
  std::string read_some(std::size_t limit) {
    std::string bytes(limit, '\0');
    const auto count = ssl_ ? SSL_read(ssl_.get(), bytes.data(), static_cast<int>(limit))
                            : static_cast<int>(::recv(socket_, bytes.data(), limit, 0));
    bytes.resize(count > 0 ? static_cast<std::size_t>(count) : 0);
    return bytes;
  }

  std::string read_exactly(std::size_t size) {
    std::string bytes;
    while (bytes.size() < size) {
      const auto more = read_some(size - bytes.size());
      if (more.empty()) return {};
      bytes += more;
    }
    return bytes;
  }

  // Request line and headers; empty when the client has gone.
  std::string read_request() {
    while (unread_.find("\r\n\r\n") == std::string::npos) {
      const auto more = read_some(4096);
      if (more.empty()) return {};
      unread_ += more;
    }
    const auto end = unread_.find("\r\n\r\n") + 4;
    std::string request = unread_.substr(0, end);
    unread_.erase(0, end);
    return request;
  }

  // The body of a request whose headers these are; it has a Content-Length.
  std::string read_body(const std::string& request) {
    static constexpr std::string_view kLength = "\r\nContent-Length: ";
    const auto at = request.find(kLength);
    if (at == std::string::npos) return {};
    const auto size = static_cast<std::size_t>(std::stoul(request.substr(at + kLength.size())));
    while (unread_.size() < size) {
      const auto more = read_some(4096);
      if (more.empty()) return {};
      unread_ += more;
    }
    std::string body = unread_.substr(0, size);
    unread_.erase(0, size);
    return body;
  }

  // False when the client has gone.
  bool write(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto count =
          ssl_ ? SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()))
               : static_cast<int>(::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL));
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  // An answer as a proper server gives it.
  bool answer(std::string_view status, std::string_view type, std::string_view body,
              std::string_view more_headers = "") {
    return write("HTTP/1.1 " + std::string(status) + "\r\nContent-Type: " + std::string(type) +
                 "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
                 std::string(more_headers) + "\r\n" + std::string(body));
  }

  // The client sees the end behind what was written; a close with unread bytes could take that
  // back.
  void finish_writing() const { ::shutdown(socket_, SHUT_WR); }

  // The next close resets the connection.
  void reset_at_close() const {
    const linger now{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  }

  // Waits until the client hangs up.
  void wait_for_end() {
    while (!read_some(4096).empty()) {
    }
  }

  // The name that the client asked for in TLS.
  std::string server_name() const {
    const char* name = SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name);
    return name == nullptr ? "" : name;
  }

  // The common name of the client's certificate; empty when it has none.
  std::string client_name() const {
    const std::unique_ptr<X509, decltype(&X509_free)> certificate(
        SSL_get1_peer_certificate(ssl_.get()), X509_free);
    if (!certificate) return {};
    std::string name(100, '\0');
    const int size = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()),
                                               NID_commonName, name.data(), 100);
    name.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
    return name;
  }

 private:
  int socket_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  bool ready_ = true;
  std::string unread_;
};

class RawServer {
 public:
  using Script = std::function<void(Peer&)>;

  explicit RawServer(Script script) : RawServer(std::move(script), nullptr) {}
  // With TLS; HTTP/2 is offered when `http2`.
  RawServer(Script script, const TlsIdentity& identity, bool http2 = false)
      : RawServer(std::move(script), tls_context(identity, http2)) {}
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  ~RawServer() {
    stopping_ = true;
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int socket : open_) ::shutdown(socket, SHUT_RDWR);
    }
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
  }

  int port() const { return port_; }
  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string url() const { return (context_ ? "https://" : "http://") + authority(); }
  int connections() const { return connections_; }

 private:
  using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

  RawServer(Script script, SSL_CTX* context)
      : script_(std::move(script)),
        context_(context, SSL_CTX_free),
        listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to a client that has gone
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
      throw std::runtime_error("no port can be had on 127.0.0.1");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_all(); });
  }

  static SSL_CTX* tls_context(const TlsIdentity& identity, bool http2) {
    SSL_CTX* context = SSL_CTX_new(TLS_server_method());
    const std::unique_ptr<BIO, decltype(&BIO_free)> certificate(
        BIO_new_mem_buf(identity.certificate.data(), static_cast<int>(identity.certificate.size())),
        BIO_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> key(
        BIO_new_mem_buf(identity.key.data(), static_cast<int>(identity.key.size())), BIO_free);
    X509* x509 = PEM_read_bio_X509(certificate.get(), nullptr, nullptr, nullptr);
    EVP_PKEY* pkey = PEM_read_bio_PrivateKey(key.get(), nullptr, nullptr, nullptr);
    SSL_CTX_use_certificate(context, x509);
    SSL_CTX_use_PrivateKey(context, pkey);
    X509_free(x509);
    EVP_PKEY_free(pkey);
    // A client's certificate is asked for, and any is taken.
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, [](int, X509_STORE_CTX*) { return 1; });
    if (http2) SSL_CTX_set_alpn_select_cb(context, select_http2, nullptr);
    return context;
  }

  static int select_http2(SSL*, const unsigned char** out, unsigned char* out_size,
                          const unsigned char* offered, unsigned offered_size, void*) {
    static constexpr unsigned char kOurs[] = {2, 'h', '2'};
    unsigned char* chosen = nullptr;
    if (SSL_select_next_proto(&chosen, out_size, kOurs, sizeof kOurs, offered, offered_size) !=
        OPENSSL_NPN_NEGOTIATED) {
      return SSL_TLSEXT_ERR_NOACK;
    }
    *out = chosen;
    return SSL_TLSEXT_ERR_OK;
  }

  void accept_all() {
    while (!stopping_) {
      pollfd waiting{listener_, POLLIN, 0};
      if (::poll(&waiting, 1, 10) <= 0) continue;
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) continue;
      ++connections_;
      const std::lock_guard lock(mutex_);
      open_.push_back(socket);
      threads_.emplace_back([this, socket] { serve(socket); });
    }
  }

  void serve(int socket) {
    auto peer = std::make_unique<Peer>(socket, context_.get());
    if (peer->ready()) script_(*peer);
    const std::lock_guard lock(mutex_);
    std::erase(open_, socket);  // before the number is free for another
    peer.reset();
  }

  Script script_;
  Context context_;
  int listener_;
  int port_ = 0;
  std::atomic<bool> stopping_{false};
  std::atomic<int> connections_{0};
  std::mutex mutex_;
  std::vector<int> open_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

}  // namespace podreg::tests
