#include "k8s/in_cluster.h"

#include <fmt/format.h>

#include "core/error.h"
#include "k8s/connection_file.h"

namespace podreg::k8s {

namespace {

bool in_pod(const Environment& environment) {
  return !environment.text("KUBERNETES_SERVICE_HOST").empty() &&
         !environment.text("KUBERNETES_SERVICE_PORT").empty();
}

std::string url(const std::string& host, const std::string& port) {
  const bool bare_ipv6 = host.find(':') != std::string::npos && host.front() != '[';
  return fmt::format("https://{}:{}", bare_ipv6 ? "[" + host + "]" : host, port);
}

std::string first_word(const std::string& text) {
  constexpr const char* kSpace = " \t\r\n";
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_first_of(kSpace, first) - first);
}

}  // namespace

std::optional<InCluster> find_in_cluster(const Environment& environment,
                                         const std::string& folder) {
  if (!in_pod(environment)) return std::nullopt;
  InCluster found;
  found.server =
      url(environment.text("KUBERNETES_SERVICE_HOST"), environment.text("KUBERNETES_SERVICE_PORT"));
  found.token_file = folder + "/token";
  if (const auto ca = folder + "/ca.crt"; file_exists(ca)) found.certificate_authority = ca;
  found.ns = in_cluster_namespace(environment, folder);
  return found;
}

std::string in_cluster_namespace(const Environment& environment, const std::string& folder) {
  if (!in_pod(environment)) return {};
  if (auto ns = environment.text("POD_NAMESPACE"); !ns.empty()) return ns;
  try {
    return first_word(read_connection_file(folder + "/namespace", "namespace", kLargestCredential));
  } catch (const core::Error&) {
    return {};  // as client-go: a pod without this file works in "default"
  }
}

}  // namespace podreg::k8s
