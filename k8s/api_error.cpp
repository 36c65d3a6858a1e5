#include "k8s/api_error.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/short_text.h"
#include "k8s/masking.h"
#include "k8s/media_types.h"

namespace podreg::k8s {
namespace {

using core::Error;
using core::ErrorKind;
using std::string_view_literals::operator""sv;

// The user that the server took us for, from `…: User "NAME" cannot …`; empty when it is not there.
std::string user_in(std::string_view message) {
  constexpr auto kBefore = "User \""sv;
  const auto begin = message.find(kBefore);
  const auto end = message.find("\" cannot ");
  if (begin == std::string_view::npos || end == std::string_view::npos) return {};
  if (end < begin + kBefore.size()) return {};
  return core::short_text(message.substr(begin + kBefore.size(), end - begin - kBefore.size()));
}

// What it may not do, from `…: User "NAME" cannot VERB resource …`; `asked` when it is not there.
// Some requests need more verbs than the one that they are.
std::string verb_in(std::string_view message, std::string_view asked) {
  constexpr auto kBefore = "\" cannot "sv;
  const auto begin = message.find(kBefore);
  const auto end = message.find(" resource \"");
  if (begin == std::string_view::npos || end == std::string_view::npos) return std::string(asked);
  if (end < begin + kBefore.size()) return std::string(asked);
  return core::short_text(message.substr(begin + kBefore.size(), end - begin - kBefore.size()));
}

// As a rule of RBAC lists them. The upgrade to a WebSocket is a "get", for which Kubernetes 1.35
// wants "create" as well.
std::string verbs_of(const ApiCall& call) {
  return call.upgrade ? R"("get", "create")" : fmt::format("\"{}\"", call.verb());
}

std::string quoted_user(const std::string& name) {
  return name.empty() ? "the user of these credentials" : fmt::format("user \"{}\"", name);
}

// Why a server may not know who we are.
std::string about_credentials(const Connection& connection) {
  if (connection.credentials_unused) {
    return "the credentials were not sent, because the server's address is not https";
  }
  return fmt::format(
      "the token or client certificate{} may be missing, expired or of another cluster",
      connection.origin.empty() ? "" : " in " + connection.origin);
}

Error not_authenticated(const Connection& connection, const ServerAddress& server) {
  const auto who = connection.user.empty()
                       ? std::string("these credentials")
                       : fmt::format("the credentials of user \"{}\"", connection.user);
  return {ErrorKind::not_allowed,
          fmt::format("not authenticated: the API server at {} rejected {}", server.host_and_port(),
                      who),
          about_credentials(connection)};
}

// Not what was asked for is refused, but to ask as somebody else.
Error not_impersonated(const Connection& connection, std::string_view message) {
  const auto named = user_in(message);
  return {ErrorKind::not_allowed,
          fmt::format("{} may not impersonate {}: {}",
                      quoted_user(named.empty() ? connection.user : named),
                      quoted_user(connection.impersonation.user), core::short_text(message)),
          "a ClusterRole with the verb impersonate on what is named would allow it"};
}

Error forbidden(const ApiCall& call, const Connection& connection,
                const std::optional<ApiStatus>& status) {
  const std::string_view message = status ? std::string_view(status->message) : std::string_view{};
  if (message.find("cannot impersonate resource") != std::string_view::npos) {
    return not_impersonated(connection, message);
  }
  const std::string named = user_in(message);
  std::string sentence =
      fmt::format("{} may not {} {}", quoted_user(named.empty() ? connection.user : named),
                  verb_in(message, call.verb()), call.object());
  // Not RBAC's own words: an admission plugin or a proxy may say more than who may not do what.
  if (named.empty() && !message.empty()) sentence += ": " + core::short_text(message);
  if (named == "system:anonymous") {
    return {ErrorKind::not_allowed, sentence, about_credentials(connection)};
  }
  return {
      ErrorKind::not_allowed, sentence,
      fmt::format("a {} with this rule would allow it: {{apiGroups: [\"{}\"], resources: [\"{}\"], "
                  "verbs: [{}]}}",
                  call.ns ? fmt::format("Role in namespace \"{}\"", *call.ns) : "ClusterRole",
                  call.resource.group, call.resource.plural, verbs_of(call))};
}

std::string https_of(ServerAddress server) {
  server.tls = true;
  return server.url();
}

// What Go's servers say without any header counts too.
bool is_plain_text(const FailedAnswer& answer) {
  return answer.content_type.empty() || media_type(answer.content_type) == "text/plain";
}

// "503", and what the server says about it.
std::string answered(const ServerAddress& server, const FailedAnswer& answer,
                     const std::optional<ApiStatus>& status) {
  std::string text =
      fmt::format("the API server at {} answered {}", server.host_and_port(), answer.status);
  if (status) {
    if (!status->message.empty()) text += ": " + core::short_text(status->message);
  } else if (is_plain_text(answer) && !answer.body.empty()) {
    text += ": " + core::short_text(answer.body);
  } else if (!answer.content_type.empty()) {
    text += fmt::format(" ({})", core::short_text(media_type(answer.content_type)));
  }
  return text;
}

Error not_found(const ApiCall& call, const ServerAddress& server, const FailedAnswer& answer,
                const std::optional<ApiStatus>& status) {
  // What Kubernetes, as every Go server, says for a path that it does not have.
  const bool is_go = answer.body.starts_with("404 page not found");
  if (!status && !is_go) {
    return {ErrorKind::invalid_data,
            fmt::format(
                "{} answered 404 ({}): it is not a Kubernetes API server", server.host_and_port(),
                answer.content_type.empty() ? "no content type"
                                            : core::short_text(media_type(answer.content_type))),
            "is the server's address right?"};
  }
  return {
      ErrorKind::invalid_data,
      fmt::format("the API server at {} has no {}{}", server.host_and_port(), call.resource.plural,
                  call.resource.group.empty() ? "" : fmt::format(" of {}", call.resource.path)),
      call.resource.group.empty() ? "is it the address of a Kubernetes API server?"
                                  : "its Kubernetes may be too old"};
}

Error redirected(const ServerAddress& server, const FailedAnswer& answer) {
  // The target's path and query may hold a session or a token.
  std::string target = answer.location.substr(0, answer.location.find_first_of("?#"));
  const auto host = target.find("//");
  if (host != std::string::npos) target.resize(std::min(target.size(), target.find('/', host + 2)));
  const std::string where = host == std::string::npos
                                ? "another place there"
                                : fmt::format("\"{}\"", core::short_text(mask_url(target)));
  return {ErrorKind::invalid_data,
          fmt::format("{} answered {}, a redirect to {}, which is not followed",
                      server.host_and_port(), answer.status, where),
          "is the server's address right? A login page or a proxy may be in the way"};
}

}  // namespace

Error api_error(const ApiCall& call, const Connection& connection, const ServerAddress& server,
                const FailedAnswer& answer) {
  const auto& status = answer.said;
  if (answer.status == 401) return not_authenticated(connection, server);
  if (answer.status == 403) return forbidden(call, connection, status);
  if (answer.status == 404) return not_found(call, server, answer, status);
  const bool leads_elsewhere =
      answer.status >= 300 && answer.status < 400 && !answer.location.empty();
  if (leads_elsewhere) return redirected(server, answer);

  const std::string sentence = answered(server, answer, status);
  if (answer.status == 409) return {ErrorKind::conflict, sentence};
  if (answer.status == 410) {
    return {ErrorKind::unreachable, sentence, "the list changed while it was read: try again"};
  }
  if (answer.status == 408 || answer.status == 429 || answer.status >= 500) {
    return {ErrorKind::unreachable, sentence, "it may be overloaded or starting: try again later"};
  }
  const bool wants_tls =
      answer.status == 400 && answer.body.find("to an HTTPS server") != std::string::npos;
  return {ErrorKind::invalid_data, sentence, wants_tls ? "use " + https_of(server) : std::string()};
}

Error unexpected_type(const ServerAddress& server, const std::string& content_type) {
  return {
      ErrorKind::invalid_data,
      fmt::format("the answer of {} is {}, not JSON", server.host_and_port(),
                  content_type.empty() ? "of no type" : core::short_text(media_type(content_type))),
      "is the server's address right? A login page or a proxy may be in the way"};
}

}  // namespace podreg::k8s
