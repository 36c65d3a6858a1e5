// HTTP to one API server, on libcurl.
//
// All requests share one connection where the server offers HTTP/2. Bodies are pulled: bytes move
// only while somebody waits for one of the answers, and then those of all the others move too. What
// arrives for an answer that nobody reads is kept, up to about 80 KiB each; then its sender has to
// wait.
//
// What is never done: following a redirect, sending a body a second time, reading .netrc, TLS below
// 1.2, protocols other than http and https, asking for compression, signals, files of our own
// (certificates and keys stay in memory). Without Connection::proxy_url a proxy is taken from the
// environment as libcurl does (https_proxy, no_proxy, …), except for an address of this machine.
// That is not quite as kubectl does, which also reads HTTP_PROXY in capitals, not all_proxy; takes
// port 80 for one without a port; lets a socks5 proxy resolve names; and reads ports and "*." in
// NO_PROXY.
//
// None of it is thread safe: a Transport and its Responses belong to one thread at a time. libcurl
// is initialised when the first Transport is made.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/byte_source.h"
#include "k8s/connection.h"
#include "k8s/server_address.h"

namespace podreg::k8s {

// How long to wait; zero means for ever. Only time spent waiting counts towards `answer`: not that
// in which the caller is busy with what has come, or held up by a reader of its own.
struct Timeouts {
  // For name, TCP and TLS together.
  std::chrono::milliseconds connect{10'000};
  // For the head of an answer, and then for each further 16 KiB of its body (or its end): a server
  // that keeps sending is never cut off, one that trickles is.
  std::chrono::milliseconds answer{60'000};
  // From the start of a request to the end of its answer.
  std::chrono::milliseconds whole{0};

  // What --request-timeout asks for: that much for the whole of each request, and no other limit
  // but that on connecting. Zero: no limit.
  static Timeouts within(std::chrono::milliseconds whole);
};

// The target is path and query, percent-encoded, and goes behind the path of the server's URL.
struct Request {
  std::string target;
  std::string accept = "application/json";
  std::string method = "GET";
  // What is sent; only with methods other than GET.
  std::string content_type = {};
  std::string body = {};
};

// What -v prints of a request, when it has ended or was given up. Holds no secret.
struct Exchange {
  std::string method;
  std::string url;
  int status = 0;           // 0: no answer
  std::uint64_t bytes = 0;  // of the body
  std::chrono::microseconds time{0};
};

// Must not throw.
using Observer = std::function<void(const Exchange&)>;

class Multiplexer;
class Transfer;

// The answer to one request. Must not outlive its Transport; dropping it before its end gives it
// up. Every function but the destructor may wait, and throws Error: unreachable when the server
// cannot be reached, breaks off or takes too long; invalid_data when it does not speak HTTP, sends
// too many headers, or when the certificates given cannot be used.
class Response final : public ByteSource {
 public:
  explicit Response(std::unique_ptr<Transfer> transfer);
  ~Response() override;
  Response(const Response&) = delete;
  Response& operator=(const Response&) = delete;

  // The status, 200 to 599.
  int status();

  // The value of a header, whatever the case of its name; empty when it is absent. Of one that is
  // there several times: the first, or all.
  std::string header(std::string_view name);
  std::vector<std::string> headers(std::string_view name);

  // The body, piece by piece. libcurl 7.88 may end an HTTP/2 body that was cut short as if it were
  // complete: parsers must see for themselves that what they read is whole.
  std::string_view next() override;

  // The body as a whole, but no more than `limit` bytes of it.
  std::string read_up_to(std::size_t limit);

 private:
  std::unique_ptr<Transfer> transfer_;
};

class Transport {
 public:
  // Throws Error(invalid_data) when the server's address cannot be used.
  explicit Transport(Connection connection, Timeouts timeouts = {}, Observer observer = {});
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  // Begins a request without waiting. Throws what CredentialSource::current throws, and
  // Error(invalid_data) when a token or password would go over plain http to another machine.
  std::unique_ptr<Response> start(const Request& request);

  const Connection& connection() const { return connection_; }
  const ServerAddress& server() const { return server_; }

 private:
  Connection connection_;
  ServerAddress server_;
  Timeouts timeouts_;
  Observer observer_;
  std::unique_ptr<Multiplexer> multiplexer_;
};

}  // namespace podreg::k8s
