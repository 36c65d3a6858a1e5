// A Kubernetes cluster behind its API server.
//
// As few requests as the question allows, all over one connection, those that do not depend on each
// other at the same time; no discovery of the API, because the few resources needed are known. Pods
// are asked for as metadata only, in protobuf (k8s/pod_list.h), or JSON when the server answers
// with that. Reads are consistent: no resourceVersion is given, as kubectl does. Lists are read as
// k8s/api_requests.h says, and nothing is passed on twice. When a list of pods had to begin anew,
// those that were passed before are as they were then, and may have been deleted since.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cluster.h"
#include "k8s/api_call.h"
#include "k8s/api_error.h"
#include "k8s/api_requests.h"
#include "k8s/connection.h"
#include "k8s/response.h"

namespace podreg::k8s {

class ApiCluster final : public core::Cluster {
 public:
  // Does not connect yet. Throws Error(invalid_data) when the server's address cannot be used.
  explicit ApiCluster(Connection connection, ApiOptions options = {});

  std::vector<core::ServiceState> services(const core::ServiceQuery& query) override;
  void pods(const core::PodQuery& query, const core::PodSink& sink) override;

  // The whole object, because that is where the phase is.
  std::optional<core::Pod> pod(const std::string& ns, const std::string& name) override;

  // One JSON Patch, as Dubbo sends it; never sent twice. DryRun::client is the caller's affair and
  // counts as none. Throws Error(invalid_data) too, when the server does not accept the value.
  std::string annotate(const core::Pod& pod, const std::optional<std::string>& value,
                       const core::WriteOptions& options) override;

 private:
  ApiAnswer ask_pods(const core::PodQuery& query);
  core::Pod read_one_pod(Response& response, ByteSource& body, const ApiCall& call);
  [[noreturn]] void throw_patch_error(const core::Pod& pod, const ApiCall& call,
                                      const FailedAnswer& answer);

  ApiRequests requests_;
  std::optional<ApiAnswer> pods_begun_;  // while the addresses of their Service are still arriving
};

}  // namespace podreg::k8s
