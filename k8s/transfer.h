// One attempt of a request, under way on libcurl's multi interface: what Transport and Response are
// made of. Only they use it.
#pragma once

#include <curl/curl.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/error.h"
#include "k8s/body_buffer.h"
#include "k8s/easy_handle.h"
#include "k8s/exchange_record.h"
#include "k8s/headers.h"
#include "k8s/multiplexer.h"
#include "k8s/patience.h"
#include "k8s/retry.h"
#include "k8s/transport.h"
#include "k8s/transport_error.h"

namespace podreg::k8s {

// What all requests of a Transport share; outlives them.
struct TransferContext {
  const Connection& connection;
  const ServerAddress& server;
  const TransportOptions& options;
  Multiplexer& multiplexer;
};

class Transfer {
 public:
  using Clock = std::chrono::steady_clock;

  // Begins it; `request_began` is when the first attempt did.
  Transfer(const TransferContext& context, const Request& request, const Credentials& credentials,
           Clock::time_point request_began);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  // As in Response, without any other attempt.
  int status();
  const Headers& headers();
  std::string_view next();
  std::string_view rest();

  // The same without waiting, for who has let the multiplexer work. Whether the head is there.
  bool answered() const { return answered_; }
  // What of the body has arrived and was not passed yet; valid until the next call.
  std::string_view take();
  // Whether nothing more will arrive, and why: nothing for the end of the answer.
  bool ended() const { return done_ && arriving_.empty(); }
  std::optional<core::Error> error() const;

  // The body, cut at `limit` bytes, and without the secrets that were sent.
  std::string read_up_to(std::size_t limit);

  // Reads the rest of the body when it is that short; never throws.
  void drain(std::size_t limit);

  // Those that were sent, in case they come back.
  const SentSecrets& secrets() const { return record_.secrets(); }

  // What became of it, after one of these has thrown or the body was found to be cut short.
  Fault fault() const;

  // For Multiplexer: libcurl is through with it.
  void finish(CURLcode code);

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_send(char* data, std::size_t size, std::size_t count, void* self);
  static int on_connected(void* self, char* ip, char* own_ip, int port, int own_port);
  static int on_debug(CURL* easy, curl_infotype type, char* data, std::size_t size, void* self);
  void take_address(const std::string& ip);
  bool take_header(std::string_view line);
  BodyBuffer::Taken take_body(std::string_view bytes);
  std::uint64_t wire_bytes() const;

  void set_up_callbacks();
  void set_up_request(const Request& request);
  void set_up_compression();
  void set_up_body(const Request& request);

  template <typename Ready>
  void await(Ready ready);
  TransferFailure failure() const;
  [[noreturn]] void throw_failure() const;
  void observe();

  TransferContext context_;
  ExchangeRecord record_;
  std::string method_;
  std::string url_;  // as it is, not with the name that TLS goes by
  std::string body_;
  std::size_t body_sent_ = 0;
  bool uncompressed_ = false;  // found to be better, after libcurl was told to ask for gzip
  std::array<char, CURL_ERROR_SIZE> error_{};
  EasyHandle easy_;

  Headers headers_;
  std::size_t header_bytes_ = 0;
  bool too_many_headers_ = false;
  bool answered_ = false;  // status and headers are there

  BodyBuffer arriving_;
  Patience patience_;

  bool done_ = false;
  CURLcode result_ = CURLE_OK;

  Clock::time_point started_ = Clock::now();
  Clock::time_point ended_;
};

}  // namespace podreg::k8s
