#include "rpc/socket_io.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cstring>

#include "core/error.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::size_t kPiece = std::size_t{64} << 10;

bool wait_for(int descriptor, short events, core::Deadline deadline) {
  for (;;) {
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
    const auto limit = std::clamp<long long>(left.count(), 0, INT_MAX);
    pollfd waiting{descriptor, events, 0};
    const int ready = ::poll(&waiting, 1, static_cast<int>(limit));
    if (ready > 0) return true;
    if (ready == 0 && left.count() <= limit) return false;
    if (ready < 0 && errno != EINTR) return true;  // reading or writing will say what is wrong
  }
}

bool would_block() { return errno == EAGAIN || errno == EWOULDBLOCK; }

[[noreturn]] void broken_off() {
  throw Error(ErrorKind::unreachable,
              fmt::format("the connection broke off: {}", std::strerror(errno)));
}

[[noreturn]] void too_slow() { throw Error(ErrorKind::unreachable, "no answer in time"); }

}  // namespace

bool wait_until_readable(int descriptor, core::Deadline deadline) {
  return wait_for(descriptor, POLLIN, deadline);
}

bool wait_until_writable(int descriptor, core::Deadline deadline) {
  return wait_for(descriptor, POLLOUT, deadline);
}

bool write_all(int descriptor, std::string_view bytes, core::Deadline deadline) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (would_block()) {
      if (!wait_until_writable(descriptor, deadline)) too_slow();
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

std::string read_some(int descriptor, core::Deadline deadline) {
  // Also of somebody who never stops to send.
  if (std::chrono::steady_clock::now() >= deadline) too_slow();
  std::string piece(kPiece, '\0');
  for (;;) {
    const ssize_t size = ::recv(descriptor, piece.data(), piece.size(), 0);
    if (size >= 0) {
      piece.resize(static_cast<std::size_t>(size));
      return piece;
    }
    if (would_block()) {
      if (!wait_until_readable(descriptor, deadline)) too_slow();
    } else if (errno == ECONNRESET) {
      return {};
    } else if (errno != EINTR) {
      broken_off();
    }
  }
}

}  // namespace podreg::rpc
