#include "k8s/transport.h"

#include <fmt/format.h>
#include <strings.h>

#include <algorithm>
#include <utility>

#include "core/error.h"
#include "k8s/transfer.h"

namespace podreg::k8s {
namespace {

bool same_name(const std::string& a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), b.size()) == 0;
}

// A line break in it would begin a header of its own.
bool fits_header(const std::string& token) {
  return std::all_of(token.begin(), token.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// Whether what is sent can be read on the way: a proxy may be anywhere.
bool leaves_machine_in_clear(const Connection& connection, const ServerAddress& server) {
  return !server.tls && (!server.is_loopback() || !connection.proxy_url.empty());
}

void check_secret(const Credentials& credentials, const Connection& connection,
                  const ServerAddress& server) {
  const bool basic = !credentials.username.empty() || !credentials.password.empty();
  if (credentials.token.empty() && !basic) return;
  if (!fits_header(credentials.token)) {
    throw core::Error(core::ErrorKind::invalid_data,
                      fmt::format("the token of user \"{}\" holds characters that no token has",
                                  connection.user));
  }
  if (leaves_machine_in_clear(connection, server)) {
    throw core::Error(
        core::ErrorKind::invalid_data,
        fmt::format("the {} of user \"{}\" is not sent to {} over plain http, where others can "
                    "read it",
                    credentials.token.empty() ? "password" : "token", connection.user,
                    server.host_and_port()),
        "use an https:// address of the API server");
  }
}

}  // namespace

Timeouts Timeouts::within(std::chrono::milliseconds whole) {
  Timeouts timeouts;
  timeouts.answer = std::chrono::milliseconds(0);
  timeouts.whole = whole;
  if (whole.count() != 0) timeouts.connect = std::min(timeouts.connect, whole);
  return timeouts;
}

Response::Response(std::unique_ptr<Transfer> transfer) : transfer_(std::move(transfer)) {}
Response::~Response() = default;

int Response::status() { return transfer_->status(); }

std::string Response::header(std::string_view name) {
  for (const auto& [key, value] : transfer_->headers()) {
    if (same_name(key, name)) return value;
  }
  return {};
}

std::vector<std::string> Response::headers(std::string_view name) {
  std::vector<std::string> values;
  for (const auto& [key, value] : transfer_->headers()) {
    if (same_name(key, name)) values.push_back(value);
  }
  return values;
}

std::string_view Response::next() { return transfer_->next(); }

std::string Response::read_up_to(std::size_t limit) {
  std::string body;
  while (body.size() < limit) {
    const auto piece = next();
    if (piece.empty()) break;
    body.append(piece.substr(0, limit - body.size()));
  }
  return body;
}

Transport::Transport(Connection connection, Timeouts timeouts, Observer observer)
    : connection_(std::move(connection)),
      server_(parse_server(connection_.server)),
      timeouts_(timeouts),
      observer_(std::move(observer)),
      multiplexer_(std::make_unique<Multiplexer>()) {}

Transport::~Transport() = default;

std::unique_ptr<Response> Transport::start(const Request& request) {
  Credentials credentials;
  if (connection_.credentials) credentials = connection_.credentials->current();
  check_secret(credentials, connection_, server_);
  const TransferContext context{connection_, server_, timeouts_, observer_, *multiplexer_};
  return std::make_unique<Response>(
      std::make_unique<Transfer>(context, request, std::move(credentials)));
}

}  // namespace podreg::k8s
