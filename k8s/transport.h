// HTTP to one API server, on libcurl.
//
// All requests share one connection where the server offers HTTP/2. Bodies are pulled: bytes move
// only while somebody waits for one of the answers, and then those of all the others move too. What
// arrives for an answer that nobody reads is kept, up to about 80 KiB each; then its sender has to
// wait.
//
// A request is sent again as k8s/retry.h says, and once more with new credentials after a 401.
//
// What is never done: following a redirect, sending a body a second time when the server may have
// acted, reading .netrc, TLS below 1.2, protocols other than http and https, signals, files of our
// own (certificates and keys stay in memory). The proxy is Connection::proxy_url; what the
// environment says was read when the connection was resolved.
//
// None of it is thread safe: a Transport and its Responses belong to one thread at a time. libcurl
// is initialised when the first Transport is made.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/clock.h"
#include "k8s/connection.h"
#include "k8s/exchange.h"
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
  // From the start of a request to the end of its answer, all attempts and pauses included.
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
  // It may be sent again like a GET, although it is none.
  bool changes_nothing = false;
  // An answer with a larger body is an error. Of one object this is ten times what etcd holds.
  std::uint64_t largest_body = std::uint64_t{16} << 20;
};

// For lists, which nobody holds in memory: of 150,000 pods, the most that Kubernetes is made for,
// with 10 KB each.
inline constexpr std::uint64_t kLargestList = std::uint64_t{2} << 30;

// Whether answers are asked for compressed (gzip). Automatic: when the server is far, which is when
// the address that the connection goes to is no near one (k8s/near_address.h); behind a proxy every
// server counts as far. Connection::disable_compression is obeyed then.
enum class Compression { automatic, on, off };

struct TransportOptions {
  Timeouts timeouts = {};
  Observer observer = {};
  Detail detail = Detail::line;  // of what the observer gets
  RetryObserver on_retry = {};
  Compression compression = Compression::automatic;
  // Called now and again, at least every 100 ms, while somebody waits for an answer. Must not
  // throw.
  std::function<void()> on_wait = {};
  // Lets a token or password go over plain http to another machine.
  bool allow_plaintext_token = false;
  // For the pauses before a request is sent again; must outlive the Transport. nullptr: real time.
  core::Clock* clock = nullptr;
  // From when on nobody waits for an answer any longer; nothing: never.
  std::optional<std::chrono::steady_clock::time_point> end = {};
  std::function<double()> jitter = {};  // a number from 0 to 1 each time; empty: real chance
};

class LiveAnswer;
class Multiplexer;
class Response;
class Transfer;

class Transport {
 public:
  // Throws Error(invalid_data) when the server's address cannot be used.
  explicit Transport(Connection connection, TransportOptions options = {});
  ~Transport();
  Transport(const Transport&) = delete;
  Transport& operator=(const Transport&) = delete;

  // Begins a request without waiting; k8s/response.h says how to go on. Throws what
  // CredentialSource::current throws, and Error(invalid_data) when a token or password would go
  // over plain http to another machine.
  std::unique_ptr<Response> start(Request request);

  // The same for who waits for several answers at once (k8s/live_answer.h): one attempt.
  std::unique_ptr<LiveAnswer> start_live(const Request& request);

  // Moves the bytes of all answers, as far as that needs no waiting.
  void work();
  // Waits until there are bytes to be moved, or for so long, or until the descriptor (-1: none) can
  // be read, which is what it returns.
  bool wait(std::chrono::milliseconds limit, int descriptor = -1);

  // Whatever is begun from now on gets a connection of its own. No answer may be left.
  void hang_up();

  // Whether the server is far, or is to be treated so because of Compression::on. Known when a
  // connection has been made; false before.
  bool is_far() const;

  const Connection& connection() const { return connection_; }
  const Timeouts& timeouts() const { return options_.timeouts; }
  const ServerAddress& server() const { return server_; }

 private:
  friend class LiveAnswer;
  friend class Response;
  using SteadyTime = std::chrono::steady_clock::time_point;

  // One attempt of a request that began then.
  std::unique_ptr<Transfer> attempt(const Request& request, SteadyTime began);

  Connection connection_;
  ServerAddress server_;
  TransportOptions options_;
  core::Clock& clock_;
  std::unique_ptr<Multiplexer> multiplexer_;
};

}  // namespace podreg::k8s
