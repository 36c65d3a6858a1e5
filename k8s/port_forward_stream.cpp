#include "k8s/port_forward_stream.h"

#include <fcntl.h>
#include <openssl/rand.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <wslay/wslay.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include "core/error.h"

namespace podreg::k8s {
namespace {

constexpr std::size_t kPiece = std::size_t{32} << 10;
constexpr std::uint64_t kLargestMessage = std::uint64_t{4} << 20;
// What waits on its way; then its sender has to wait.
constexpr std::size_t kMostWaiting = std::size_t{1} << 20;
constexpr std::size_t kLongestReason = 500;

constexpr char kData = 0;
constexpr char kError = 1;

}  // namespace

// Moves bytes between the WebSocket and our end of the socket pair until one of them ends. Belongs
// to one thread.
class PortForwardStream::Pump {
 public:
  Pump(PortForwardStream& stream, EasyHandle easy, std::string early)
      : stream_(stream), easy_(std::move(easy)), early_(std::move(early)) {
    wslay_event_callbacks callbacks{};
    callbacks.recv_callback = &Pump::on_receive;
    callbacks.send_callback = &Pump::on_send;
    callbacks.genmask_callback = &Pump::on_mask;
    callbacks.on_msg_recv_callback = &Pump::on_message;
    wslay_event_context_ptr context = nullptr;
    if (wslay_event_context_client_init(&context, &callbacks, this) != 0) throw std::bad_alloc();
    websocket_.reset(context);
    wslay_event_config_set_max_recv_msg_length(context, kLargestMessage);
  }

  void run() {
    while (!ended_) {
      exchange_websocket();
      write_local();
      if (ended_ || !wait()) break;
      read_local();
    }
    finish();
  }

 private:
  struct ContextDeleter {
    void operator()(wslay_event_context_ptr context) const { wslay_event_context_free(context); }
  };

  static Pump& self(void* pump) { return *static_cast<Pump*>(pump); }

  static ssize_t on_receive(wslay_event_context_ptr context, std::uint8_t* bytes, std::size_t size,
                            int /*flags*/, void* pump) {
    return self(pump).receive(context, reinterpret_cast<char*>(bytes), size);
  }

  static ssize_t on_send(wslay_event_context_ptr context, const std::uint8_t* bytes,
                         std::size_t size, int /*flags*/, void* pump) {
    std::size_t sent = 0;
    const CURLcode code = curl_easy_send(self(pump).easy_.get(), bytes, size, &sent);
    if (code == CURLE_OK) return static_cast<ssize_t>(sent);
    wslay_event_set_error(context,
                          code == CURLE_AGAIN ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE);
    return -1;
  }

  static int on_mask(wslay_event_context_ptr /*context*/, std::uint8_t* bytes, std::size_t size,
                     void* /*pump*/) {
    return RAND_bytes(bytes, static_cast<int>(size)) == 1 ? 0 : -1;
  }

  static void on_message(wslay_event_context_ptr /*context*/,
                         const wslay_event_on_msg_recv_arg* message, void* pump) {
    if (message->opcode != WSLAY_BINARY_FRAME) return;
    self(pump).take({reinterpret_cast<const char*>(message->msg), message->msg_length});
  }

  ssize_t receive(wslay_event_context_ptr context, char* bytes, std::size_t size) {
    if (!early_.empty()) {
      const auto taken = early_.copy(bytes, size);
      early_.erase(0, taken);
      return static_cast<ssize_t>(taken);
    }
    std::size_t received = 0;
    const CURLcode code = curl_easy_recv(easy_.get(), bytes, size, &received);
    if (code == CURLE_OK && received > 0) return static_cast<ssize_t>(received);
    wslay_event_set_error(context,
                          code == CURLE_AGAIN ? WSLAY_ERR_WOULDBLOCK : WSLAY_ERR_CALLBACK_FAILURE);
    return -1;
  }

  // The first message of each channel names the port.
  void take(std::string_view message) {
    if (message.empty()) return;
    const char channel = message[0];
    message.remove_prefix(1);
    if (channel != kData && channel != kError) return;
    bool& named = named_[channel == kData ? 0 : 1];
    if (!std::exchange(named, true)) return;
    if (channel == kData) {
      to_local_ += message;
    } else {
      stream_.end_with(std::string(message.substr(0, kLongestReason)));
      failed_ = true;
    }
  }

  void exchange_websocket() {
    wslay_event_context_ptr context = websocket_.get();
    const bool reads = to_local_.size() < kMostWaiting;
    if (reads && wslay_event_recv(context) != 0) ended_ = true;
    if (wslay_event_send(context) != 0) ended_ = true;
    if (wslay_event_get_close_received(context) != 0 || failed_) ended_ = true;
  }

  void read_local() {
    if (wslay_event_get_queued_msg_length(websocket_.get()) >= kMostWaiting) return;
    std::array<char, kPiece> bytes{};
    bytes[0] = kData;
    const ssize_t size = ::recv(stream_.theirs_, bytes.data() + 1, bytes.size() - 1, MSG_DONTWAIT);
    if (size == 0) ended_ = true;  // the stream has been given up
    if (size <= 0) return;
    const wslay_event_msg message{WSLAY_BINARY_FRAME,
                                  reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                  static_cast<std::size_t>(size) + 1};
    if (wslay_event_queue_msg(websocket_.get(), &message) != 0) ended_ = true;
  }

  void write_local() {
    while (!to_local_.empty()) {
      const ssize_t sent =
          ::send(stream_.theirs_, to_local_.data(), to_local_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (sent < 0) {
        reader_gone_ = errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR;
        ended_ = ended_ || reader_gone_;
        return;
      }
      to_local_.erase(0, static_cast<std::size_t>(sent));
    }
  }

  bool wait() {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket);
    const bool reads = to_local_.size() < kMostWaiting;
    const bool sends = wslay_event_want_write(websocket_.get()) != 0;
    const bool full = wslay_event_get_queued_msg_length(websocket_.get()) >= kMostWaiting;
    pollfd waiting[] = {
        {socket, static_cast<short>((reads ? POLLIN : 0) | (sends ? POLLOUT : 0)), 0},
        {stream_.theirs_,
         static_cast<short>((full ? 0 : POLLIN) | (to_local_.empty() ? 0 : POLLOUT)), 0}};
    return ::poll(waiting, 2, -1) >= 0 || errno == EINTR;
  }

  // What has arrived still goes to the reader, who then sees the end.
  void finish() {
    for (write_local(); !to_local_.empty() && !reader_gone_; write_local()) {
      pollfd waiting{stream_.theirs_, POLLOUT, 0};
      ::poll(&waiting, 1, -1);
    }
    ::shutdown(stream_.theirs_, SHUT_WR);
    if (wslay_event_get_close_received(websocket_.get()) == 0) {
      wslay_event_queue_close(websocket_.get(), WSLAY_CODE_NORMAL_CLOSURE, nullptr, 0);
    }
    wslay_event_send(websocket_.get());
  }

  PortForwardStream& stream_;
  EasyHandle easy_;
  std::string early_;
  std::unique_ptr<wslay_event_context, ContextDeleter> websocket_;
  std::array<bool, 2> named_{};
  std::string to_local_;
  bool ended_ = false;
  bool failed_ = false;
  bool reader_gone_ = false;
};

PortForwardStream::PortForwardStream(EasyHandle connected, std::string early) {
  int pair[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0) {
    throw core::Error(core::ErrorKind::unreachable, "no socket can be had for the port-forward");
  }
  ours_ = pair[0];
  theirs_ = pair[1];
  pump_ = std::make_unique<Pump>(*this, std::move(connected), std::move(early));
  thread_ = std::thread([this] { pump_->run(); });
}

PortForwardStream::~PortForwardStream() {
  ::shutdown(ours_, SHUT_RDWR);  // the pump sees the end
  thread_.join();
  ::close(ours_);
  ::close(theirs_);
}

std::string PortForwardStream::reason() const {
  const std::lock_guard lock(mutex_);
  return reason_;
}

void PortForwardStream::end_with(const std::string& reason) {
  const std::lock_guard lock(mutex_);
  reason_ = reason;
}

}  // namespace podreg::k8s
