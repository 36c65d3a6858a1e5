#include "rpc/tcp_dialer.h"

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <cerrno>
#include <cstring>

#include "core/error.h"
#include "core/ip_address.h"
#include "rpc/descriptor.h"
#include "rpc/socket_io.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

class TcpStream final : public core::Stream {
 public:
  explicit TcpStream(Descriptor socket) : socket_(std::move(socket)) {}
  int descriptor() const override { return socket_.get(); }
  std::string reason() const override { return {}; }

 private:
  Descriptor socket_;
};

struct AddressesDeleter {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};
using Addresses = std::unique_ptr<addrinfo, AddressesDeleter>;

// Hosts of pods are addresses, for which this asks nobody.
Addresses resolve(const std::string& host, int port) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* list = nullptr;
  if (const int code = getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &list);
      code != 0) {
    throw Error(ErrorKind::unreachable, fmt::format("{}: {}", host, gai_strerror(code)));
  }
  return Addresses(list);
}

// An error number of connect(2), 0 for none.
int connect_to(const addrinfo& address, Descriptor& socket, core::Deadline deadline) {
  socket = Descriptor(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (socket.get() < 0) return errno;
  const int on = 1;
  setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (::connect(socket.get(), address.ai_addr, address.ai_addrlen) == 0) return 0;
  if (errno != EINPROGRESS) return errno;
  if (!wait_until_writable(socket.get(), deadline)) return ETIMEDOUT;
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

}  // namespace

std::unique_ptr<core::Stream> TcpDialer::dial(const core::PodPort& target,
                                              core::Deadline deadline) {
  const bool instead = !connect_to_.host.empty();
  const auto& host = instead ? connect_to_.host : target.host;
  const int port = instead ? connect_to_.port : target.port;
  const auto addresses = resolve(host, port);
  int error = EADDRNOTAVAIL;
  for (const addrinfo* address = addresses.get(); address != nullptr; address = address->ai_next) {
    Descriptor socket;
    error = connect_to(*address, socket, deadline);
    if (error == 0) return std::make_unique<TcpStream>(std::move(socket));
  }
  if (error == ECONNREFUSED && !instead) {
    throw core::PortRefused(
        fmt::format("{} cannot be reached: {}", core::host_port(host, port), std::strerror(error)));
  }
  throw Error(ErrorKind::unreachable,
              error == ETIMEDOUT ? fmt::format("{} cannot be reached: no connection in time",
                                               core::host_port(host, port))
                                 : fmt::format("{} cannot be reached: {}",
                                               core::host_port(host, port), std::strerror(error)));
}

}  // namespace podreg::rpc
