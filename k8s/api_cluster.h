// A Kubernetes cluster behind its API server.
//
// As few requests as the question allows, all over one connection, those that do not depend on each
// other at the same time; no discovery of the API, because the few resources needed are known. Pods
// are asked for as metadata only, in protobuf (k8s/pod_list.h), or JSON when the server answers
// with that. Reads are consistent: no resourceVersion is given, as kubectl does. Lists come
// in pages of 5,000 from a server that is known to be far (k8s/transport.h), so that little has to
// be sent again when a connection breaks off; from a near one unpaged: 20,000 pods in four pages
// took more than twice as long. A server that pages all the same is followed.
//
// What breaks off while it is read is asked for again, as k8s/retry.h says: an object, or one page
// of a list. A list whose next page has expired (410) begins anew, in one piece, as client-go does
// it. Nothing is passed on twice. When a list of pods had to begin anew, those that were passed
// before are as they were then, and may have been deleted since.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/cluster.h"
#include "k8s/api_call.h"
#include "k8s/api_status.h"
#include "k8s/connection.h"
#include "k8s/object_reader.h"
#include "k8s/response.h"
#include "k8s/server_warnings.h"
#include "k8s/transport.h"

namespace podreg::k8s {

struct ApiOptions : TransportOptions {
  // Gets each text of the server's Warning headers once, but none about Endpoints being deprecated.
  // Text from the network, at most 500 bytes.
  std::function<void(std::string)> on_warning = {};
};

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
  // A call under way, with the answer to its first page.
  struct Asked {
    ApiCall call;
    std::string accept;
    std::unique_ptr<Response> response;
    bool anew = false;  // the list has begun anew
  };
  // How the pages of a list, or one object, are read.
  struct PageReader {
    // From the body, which is of that media type.
    std::function<ReadSummary(ByteSource&, const std::string& type, const std::string& name)> read;
    std::function<void()> begin = {};  // before the first page, each time it is read
  };

  Asked ask(ApiCall call, std::string accept = "application/json");
  ApiCall paged(ApiCall call) const;
  Asked ask_pods(const core::PodQuery& query);
  FailedAnswer failure_of(Asked& asked, int status);
  int status_of(Asked& asked);
  bool exists(Asked& asked);
  void begin_anew(Asked& asked);
  void read_pages(Asked asked, const PageReader& reader);
  std::optional<ReadSummary> read_page(Asked& asked, const PageReader& reader,
                                       const std::string& name);
  void read_objects(Asked asked, const ObjectSink& sink, std::function<void()> begin);
  std::string name_of(const ApiCall& call) const;
  core::Pod read_one_pod(Response& response, ByteSource& body, const ApiCall& call);
  [[noreturn]] void throw_patch_error(const core::Pod& pod, const ApiCall& call,
                                      const FailedAnswer& answer);

  ServerWarnings warnings_;
  Transport transport_;
  std::optional<Asked> pods_begun_;  // while the addresses of their Service are still arriving
};

}  // namespace podreg::k8s
