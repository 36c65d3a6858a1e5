#include "k8s/port_forward.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <utility>

#include "core/ascii.h"
#include "core/error.h"
#include "core/percent.h"
#include "core/short_text.h"
#include "k8s/api_call.h"
#include "k8s/api_error.h"
#include "k8s/chunked_body.h"
#include "k8s/credentials_to_send.h"
#include "k8s/easy_handle.h"
#include "k8s/masking.h"
#include "k8s/port_forward_stream.h"
#include "k8s/transport_error.h"
#include "k8s/websocket_handshake.h"
#include "k8s/wiped_memory.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::size_t kLargestHead = std::size_t{64} << 10;
constexpr int kSwitchingProtocols = 101;
constexpr int kUnauthorized = 401;
// For what the server says in place of a stream: without a length it may have no end.
constexpr auto kRefusalTime = std::chrono::seconds(2);
constexpr const char* kProtocol = "v4.channel.k8s.io";

// For messages and the rule that a hint shows; the path is another.
constexpr ApiResource kPortForwards{"/api/v1", "", "pods/portforward", "pods/portforward of pod",
                                    "Pod"};

std::chrono::milliseconds left_until(core::Deadline deadline) {
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return std::clamp(left, std::chrono::milliseconds(1), std::chrono::milliseconds(INT_MAX));
}

// The part of the exchange before the bytes of the pod.
class Handshake {
 public:
  Handshake(const Connection& connection, const ServerAddress& server,
            const Credentials& credentials, core::Deadline deadline)
      : connection_(connection),
        server_(server),
        credentials_(credentials),
        secrets_(secrets_of(credentials)),
        deadline_(deadline) {}

  // Waits for the answer; false: the credentials were refused.
  bool ask(const core::PodPort& target) {
    target_ = target;
    connect();
    request_.target =
        fmt::format("{}/api/v1/namespaces/{}/pods/{}/portforward?ports={}", server_.path,
                    core::percent_encode(target.ns), core::percent_encode(target.pod), target.port);
    request_.host = server_.host_and_port();
    request_.key = websocket_key();
    request_.protocol = kProtocol;
    request_.headers = identity_headers(connection_, credentials_);
    send(to_text(request_));
    answer_ = parse_answer(secrets_.masked(receive_head()), server_.host_and_port());
    return answer_.status != kUnauthorized;
  }

  // To be called after ask(). Throws what the API server said in place of a stream.
  std::unique_ptr<core::Stream> stream() {
    if (answer_.status != kSwitchingProtocols) throw_refusal();
    if (const auto why = misfit(request_, answer_); !why.empty()) {
      throw Error(ErrorKind::invalid_data,
                  fmt::format("the API server at {} cannot forward ports: {}",
                              server_.host_and_port(), why));
    }
    return std::make_unique<PortForwardStream>(std::move(easy_), received_,
                                               secrets_of(credentials_));
  }

 private:
  void connect() {
    easy_.set(CURLOPT_CONNECT_ONLY, 1L);
    easy_.set(CURLOPT_NOSIGNAL, 1L);
    easy_.set(CURLOPT_SSL_ENABLE_ALPN, 0L);  // WebSocket begins with HTTP/1.1
    easy_.set(CURLOPT_HTTPPROXYTUNNEL, 1L);
    Timeouts timeouts;
    timeouts.connect = left_until(deadline_);
    easy_.set(CURLOPT_TIMEOUT_MS, static_cast<long>(timeouts.connect.count()));
    easy_.set_url(connection_, server_, "/");
    easy_.set_tls(connection_, credentials_);
    easy_.set_proxy(connection_);
    const CURLcode code = curl_easy_perform(easy_.get());
    if (code == CURLE_OK) return;
    TransferFailure failure = easy_.failure(code);
    failure.detail = curl_easy_strerror(code);
    throw transport_error(server_, connection_, timeouts, failure);
  }

  // Waits until the socket is ready; throws when the deadline comes first.
  void wait(short events) {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket);
    pollfd waiting{socket, events, 0};
    const bool late = std::chrono::steady_clock::now() >= deadline_;
    if (late || ::poll(&waiting, 1, static_cast<int>(left_until(deadline_).count())) == 0) {
      throw Error(ErrorKind::unreachable,
                  fmt::format("the API server at {} did not answer in time for a port-forward",
                              server_.host_and_port()));
    }
  }

  void send(std::string_view text) {
    while (!text.empty()) {
      std::size_t sent = 0;
      const CURLcode code = curl_easy_send(easy_.get(), text.data(), text.size(), &sent);
      if (code != CURLE_OK && code != CURLE_AGAIN) throw_broken();
      if (code == CURLE_AGAIN) wait(POLLOUT);
      text.remove_prefix(sent);
    }
  }

  // False at the end.
  bool receive() {
    std::string piece(std::size_t{16} << 10, '\0');
    for (;;) {
      std::size_t size = 0;
      const CURLcode code = curl_easy_recv(easy_.get(), piece.data(), piece.size(), &size);
      if (code == CURLE_AGAIN) {
        wait(POLLIN);
        continue;
      }
      if (code != CURLE_OK) throw_broken();
      received_.append(piece, 0, size);
      return size > 0;
    }
  }

  std::string receive_head() {
    static constexpr std::string_view kEnd = "\r\n\r\n";
    std::size_t end = 0;
    while ((end = received_.find(kEnd)) == std::string::npos) {
      if (received_.size() > kLargestHead) {
        throw Error(
            ErrorKind::invalid_data,
            fmt::format("the API server at {} sends headers without end", server_.host_and_port()));
      }
      if (!receive()) throw_broken();
    }
    auto head = received_.substr(0, end + kEnd.size());
    received_.erase(0, end + kEnd.size());
    return head;
  }

  [[noreturn]] void throw_broken() const {
    throw Error(ErrorKind::unreachable,
                fmt::format("the connection to {} broke off before the port-forward began",
                            server_.host_and_port()));
  }

  std::string receive_refusal() {
    deadline_ = std::min(deadline_, std::chrono::steady_clock::now() + kRefusalTime);
    const bool chunked = core::equal_ignoring_case(answer_.header("Transfer-Encoding"), "chunked");
    const auto length = answer_.header("Content-Length");
    const std::size_t size =
        length.empty()
            ? kLargestErrorBody
            : std::min<std::size_t>(std::strtoul(length.c_str(), nullptr, 10), kLargestErrorBody);
    try {
      while (received_.size() < size && !(chunked && read_chunked(received_).ended) && receive()) {
      }
    } catch (const Error&) {  // it does not come to an end; the status says enough
    }
    received_.resize(std::min(received_.size(), size));
    return chunked ? read_chunked(received_).bytes : received_;
  }

  [[noreturn]] void throw_refusal() {
    ApiCall call{kPortForwards, target_.ns, target_.pod};
    call.upgrade = true;
    FailedAnswer failed{answer_.status, answer_.header("Content-Type"), answer_.header("Location")};
    failed.take_body(receive_refusal(), secrets_);
    const auto& status = failed.said;
    // Of a Node that is not there it says that as a pod it is not found.
    if (is_absent(call, failed) && status->object_name == target_.pod) {
      throw Error(ErrorKind::not_found,
                  fmt::format("pod \"{}\" not found in namespace \"{}\"", target_.pod, target_.ns));
    }
    if (status && concerns_kubelet(failed.status)) {
      throw Error(
          ErrorKind::unreachable,
          fmt::format("the API server at {} cannot forward a port of pod \"{}\": {}",
                      server_.host_and_port(), target_.pod, core::short_text(status->message)),
          "it asks the kubelet of the pod's Node: is the Node there, and reachable?");
    }
    throw api_error(call, connection_, server_, failed);
  }

  // The pod has no Node (400), the Node is not there (404), or its kubelet does not answer.
  static bool concerns_kubelet(int status) {
    return status == 400 || status == 404 || status >= 500;
  }

  const Connection& connection_;
  const ServerAddress& server_;
  const Credentials& credentials_;
  const SentSecrets secrets_;
  core::Deadline deadline_;
  EasyHandle easy_;
  std::string received_;
  core::PodPort target_;
  WebsocketRequest request_;
  WebsocketAnswer answer_;
};

}  // namespace

PortForward::PortForward(Connection connection, bool allow_plaintext_token)
    : connection_(std::move(connection)),
      server_(parse_server(connection_.server)),
      allow_plaintext_token_(allow_plaintext_token) {}

std::unique_ptr<core::Stream> PortForward::dial(const core::PodPort& target,
                                                core::Deadline deadline) {
  for (bool first = true;; first = false) {
    const WipedMemory wiped;
    const int generation = generation_of(connection_.credentials.get());
    const auto credentials = credentials_to_send(connection_, server_, allow_plaintext_token_);
    Handshake handshake(connection_, server_, credentials, deadline);
    if (handshake.ask(target) || !first || !renew(connection_.credentials.get(), generation)) {
      return handshake.stream();
    }
  }
}

}  // namespace podreg::k8s
