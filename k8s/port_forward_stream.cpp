#include "k8s/port_forward_stream.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

#include "core/error.h"
#include "k8s/port_forward_frames.h"

namespace podreg::k8s {
namespace {

constexpr std::size_t kPiece = std::size_t{32} << 10;
// What waits on its way; then its sender has to wait.
constexpr std::size_t kMostWaiting = std::size_t{1} << 20;

[[noreturn]] void throw_without(std::string_view what, int error) {
  throw core::Error(core::ErrorKind::unreachable,
                    fmt::format("no {} can be had for the port-forward: {}", what,
                                std::generic_category().message(error)));
}

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR; }

}  // namespace

// Moves bytes between the WebSocket and our end of the socket pair until one of them ends. Belongs
// to one thread.
class PortForwardStream::Pump {
 public:
  Pump(PortForwardStream& stream, EasyHandle easy, const std::string& early)
      : stream_(stream), easy_(std::move(easy)) {
    frames_.feed(early);
  }

  void run() {
    while (!ended_) {
      if (reads_server()) receive();
      if (reads_reader()) take_from_reader();
      send();
      pass_on();
      ended_ = ended_ || frames_.ended();
      if (!ended_) wait();
    }
    finish();
  }

 private:
  bool reads_server() {
    return frames_.from_pod().size() < kMostWaiting && frames_.to_server().size() < kMostWaiting;
  }
  bool reads_reader() { return frames_.to_server().size() < kMostWaiting; }

  void receive() {
    std::array<char, kPiece> bytes{};
    std::size_t size = 0;
    const CURLcode code = curl_easy_recv(easy_.get(), bytes.data(), bytes.size(), &size);
    if (code == CURLE_AGAIN) return;
    more_ = code == CURLE_OK && size > 0;
    if (more_) {
      frames_.feed({bytes.data(), size});
    } else {
      ended_ = true;
    }
  }

  void send() {
    std::string& bytes = frames_.to_server();
    while (!bytes.empty()) {
      std::size_t sent = 0;
      const CURLcode code = curl_easy_send(easy_.get(), bytes.data(), bytes.size(), &sent);
      if (code == CURLE_AGAIN) return;
      if (code != CURLE_OK) {
        ended_ = true;
        return;
      }
      bytes.erase(0, sent);
    }
  }

  void take_from_reader() {
    std::array<char, kPiece> bytes{};
    const ssize_t size = ::recv(stream_.theirs_, bytes.data(), bytes.size(), MSG_DONTWAIT);
    if (size == 0 || (size < 0 && !would_block())) ended_ = reader_gone_ = true;
    if (size > 0) frames_.send({bytes.data(), static_cast<std::size_t>(size)});
  }

  void pass_on() {
    std::string& bytes = frames_.from_pod();
    while (!bytes.empty() && !reader_gone_) {
      const ssize_t sent =
          ::send(stream_.theirs_, bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
      if (sent < 0) {
        if (!would_block()) ended_ = reader_gone_ = true;
        return;
      }
      bytes.erase(0, static_cast<std::size_t>(sent));
    }
  }

  void wait() {
    curl_socket_t socket = CURL_SOCKET_BAD;
    curl_easy_getinfo(easy_.get(), CURLINFO_ACTIVESOCKET, &socket);
    pollfd waiting[] = {waiting_for(socket, reads_server(), !frames_.to_server().empty()),
                        waiting_for(stream_.theirs_, reads_reader(), !frames_.from_pod().empty())};
    // A server that takes nothing has to be given up with the reader, who is not read from then.
    if (!reads_reader()) waiting[1].fd = stream_.theirs_;
    // TLS may hold more than the socket shows, so what was received last is asked once more.
    const bool again = reads_server() && std::exchange(more_, false);
    ::poll(waiting, 2, again ? 0 : -1);
    const bool hung_up = (waiting[1].revents & (POLLHUP | POLLERR)) != 0;
    if (hung_up && !reads_reader()) ended_ = reader_gone_ = true;
  }

  // Of a descriptor that is passed over, not even its end is of interest.
  static pollfd waiting_for(int descriptor, bool reads, bool writes) {
    const auto events = static_cast<short>((reads ? POLLIN : 0) | (writes ? POLLOUT : 0));
    return {events == 0 ? -1 : descriptor, events, 0};
  }

  // What has arrived still goes to the reader, who then sees the end.
  void finish() {
    stream_.end_with(frames_.reason());
    for (pass_on(); !frames_.from_pod().empty() && !reader_gone_; pass_on()) {
      pollfd waiting{stream_.theirs_, POLLOUT, 0};
      ::poll(&waiting, 1, -1);
    }
    ::shutdown(stream_.theirs_, SHUT_WR);
    frames_.close();
    send();
  }

  PortForwardStream& stream_;
  EasyHandle easy_;
  PortForwardFrames frames_;
  bool more_ = true;  // the server may have sent more than was received
  bool ended_ = false;
  bool reader_gone_ = false;
};

PortForwardStream::PortForwardStream(EasyHandle connected, const std::string& early,
                                     std::vector<std::string> secrets)
    : secrets_(std::move(secrets)) {
  int pair[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) != 0) {
    throw_without("socket", errno);
  }
  ours_ = pair[0];
  theirs_ = pair[1];
  pump_ = std::make_unique<Pump>(*this, std::move(connected), early);
  try {
    thread_ = std::thread([this] { pump_->run(); });
  } catch (const std::system_error& error) {
    ::close(ours_);
    ::close(theirs_);
    throw_without("thread", error.code().value());
  }
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
  reason_ = secrets_.masked(reason);
}

}  // namespace podreg::k8s
