#include "k8s/transport.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "k8s/proxy_url.h"
#include "k8s/response.h"
#include "k8s/system_clock.h"
#include "k8s/transfer.h"

namespace podreg::k8s {
namespace {

// A line break in it would begin a header of its own.
bool fits_header(const std::string& token) {
  return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// Whether what is sent can be read on the way: a proxy may be anywhere.
bool leaves_machine_in_clear(const Connection& connection, const ServerAddress& server) {
  return !server.tls && (!server.is_loopback() || !connection.proxy_url.empty());
}

void check_secret(const Credentials& credentials, const Connection& connection,
                  const ServerAddress& server, bool allow_plaintext) {
  const bool basic = !credentials.username.empty() || !credentials.password.empty();
  if (credentials.token.empty() && !basic) return;
  const std::string of_user =
      connection.user.empty() ? "" : fmt::format(" of user \"{}\"", connection.user);
  if (!fits_header(credentials.token)) {
    throw core::Error(core::ErrorKind::invalid_data,
                      fmt::format("the token{} holds characters that no token has", of_user));
  }
  if (!allow_plaintext && leaves_machine_in_clear(connection, server)) {
    throw core::Error(
        core::ErrorKind::invalid_data,
        fmt::format("the {}{} is not sent to {} over plain http, where others can read it",
                    credentials.token.empty() ? "password" : "token", of_user,
                    connection.proxy_url.empty()
                        ? server.host_and_port()
                        : "the proxy " + without_credentials(connection.proxy_url)),
        "use an https:// address of the API server; --allow-plaintext-token sends it all the same");
  }
}

core::Clock& system_clock() {
  static SystemClock clock;
  return clock;
}

}  // namespace

Timeouts Timeouts::within(std::chrono::milliseconds whole) {
  Timeouts timeouts;
  timeouts.answer = std::chrono::milliseconds(0);
  timeouts.whole = whole;
  if (whole.count() != 0) timeouts.connect = std::min(timeouts.connect, whole);
  return timeouts;
}

Transport::Transport(Connection connection, TransportOptions options)
    : connection_(std::move(connection)),
      server_(parse_server(connection_.server)),
      options_(std::move(options)),
      clock_(options_.clock != nullptr ? *options_.clock : system_clock()),
      multiplexer_(std::make_unique<Multiplexer>()) {
  if (!options_.jitter) options_.jitter = random_share;
}

Transport::~Transport() = default;

std::unique_ptr<Response> Transport::start(Request request) {
  return std::make_unique<Response>(*this, std::move(request));
}

std::unique_ptr<Transfer> Transport::attempt(const Request& request, SteadyTime began) {
  Credentials credentials;
  if (connection_.credentials) credentials = connection_.credentials->current();
  check_secret(credentials, connection_, server_, options_.allow_plaintext_token);
  const TransferContext context{connection_, server_, options_, *multiplexer_};
  return std::make_unique<Transfer>(context, request, std::move(credentials), began);
}

bool Transport::is_far() const {
  if (options_.compression != Compression::automatic)
    return options_.compression == Compression::on;
  return !multiplexer_->near.value_or(true);
}

// Several requests may be refused at the same time; only the first of them makes new ones.
bool Transport::renew_credentials(int generation) {
  if (generation != generation_) return true;
  if (!connection_.credentials || !connection_.credentials->refused()) return false;
  ++generation_;
  return true;
}

}  // namespace podreg::k8s
