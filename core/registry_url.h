// The registry URL of a Dubbo application's own configuration:
// kubernetes://host:port?namespace=…&….
//
// Format: Dubbo 3.2.6, org.apache.dubbo.common.URL; parameters of
// org.apache.dubbo.registry.kubernetes.util.KubernetesClientConst. Values are percent-encoded.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace podreg::core {

struct RegistryUrl {
  std::string host;
  int port = 0;  // 0: none
  std::map<std::string, std::string> parameters;

  // Throws Error(usage): another scheme, no host, a port that is none, a broken percent-encoding.
  static RegistryUrl parse(std::string_view text);

  std::optional<std::string> parameter(const std::string& name) const;

  // The parameter as Java's Boolean.parseBoolean reads it, or `otherwise` when it is absent or
  // empty.
  bool flag(const std::string& name, bool otherwise) const;

  // `https://host:port`; DEFAULT_MASTER_HOST, in any case, is https://kubernetes.default.svc.
  std::string server() const;
};

}  // namespace podreg::core
