// The address of an API server as a kubeconfig or --server has it.
#pragma once

#include <string>

namespace podreg::k8s {

struct ServerUrl {
  std::string url;  // with a scheme, without a final slash
  bool tls = true;
};

// As client-go's rest.DefaultServerURL: a URL, or HOST or HOST:PORT, which is http. `owner` names
// where it stands in messages (`cluster "prod" in FILE`, "--server"). Throws Error(invalid_data):
// empty, not a URL, neither http nor https, with a user name, password, query or fragment.
ServerUrl resolve_server(const std::string& server, const std::string& owner);

}  // namespace podreg::k8s
