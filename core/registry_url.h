// The registry URL of a Dubbo application's own configuration:
// kubernetes://host:port?namespace=…&….
//
// Format: Dubbo 3.2.6, org.apache.dubbo.common.URL and UrlUtils; parameters of
// org.apache.dubbo.registry.kubernetes.util.KubernetesClientConst. As it stands in Dubbo's logs it
// is registry:// or service-discovery-registry:// with registry=kubernetes. Parameters are
// separated by '&' or ';'; the last of the same name counts; `default.NAME` is the NAME that is not
// there. As in Dubbo the path, a user before '@' and parameters that nobody knows (backup, …) mean
// nothing.
//
// Where Dubbo takes values as they are, percent-encoded bytes are decoded here, as URLs have them;
// a '%' without two hexadecimal digits stands for itself.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace podreg::core {

struct RegistryUrl {
  std::string host;
  int port = 9090;            // what Dubbo takes when there is none
  bool names_a_user = false;  // before '@'
  std::map<std::string, std::string> parameters;

  // White space and a pair of quotes around it are dropped. Throws Error(usage), without a word of
  // the URL: another scheme, another registry, no host, a port that is none, a byte 0.
  static RegistryUrl parse(std::string_view text);

  // Nothing when it is absent or empty.
  std::optional<std::string> parameter(const std::string& name) const;

  // The parameter as Java's Boolean.parseBoolean reads it, or `otherwise` when it is absent or
  // empty.
  bool flag(const std::string& name, bool otherwise) const;

  // A number, such as one of milliseconds. Throws Error(usage) when it is none.
  std::optional<long> number(const std::string& name) const;

  // `https://host:port`; DEFAULT_MASTER_HOST, in any case, is https://kubernetes.default.svc.
  std::string server() const;
};

}  // namespace podreg::core
