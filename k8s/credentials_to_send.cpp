#include "k8s/credentials_to_send.h"

#include <fmt/format.h>

#include <string>

#include "core/error.h"
#include "k8s/connection_token.h"
#include "k8s/proxy_url.h"

namespace podreg::k8s {
namespace {

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

}  // namespace

Credentials credentials_to_send(const Connection& connection, const ServerAddress& server,
                                bool allow_plaintext) {
  Credentials credentials;
  if (connection.credentials) credentials = connection.credentials->current();
  check_secret(credentials, connection, server, allow_plaintext);
  return credentials;
}

}  // namespace podreg::k8s
