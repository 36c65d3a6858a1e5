// Asks providers for the MetadataInfo of their revision, over the protocol of their
// MetadataService.
#pragma once

#include <optional>

#include "core/dialer.h"
#include "core/instance.h"
#include "core/metadata_info.h"
#include "core/metadata_service.h"
#include "core/revision_metadata.h"

namespace podreg::rpc {

// One call of getMetadataInfo over dubbo (hessian2) or tri: gRPC with a wrapper around hessian2,
// which 3.2 and 3.3 understand, or MetadataServiceV2 in protobuf. `pod` says where to connect to;
// its host and port are those of the address. Throws Error: unreachable when the provider cannot be
// reached or does not answer in time, invalid_data when what it answers is no MetadataInfo, and
// what the dialer throws, as NotAsked unless it is not_allowed or the pod that refused. May be
// called from several threads.
core::MetadataInfo ask_for_metadata(core::Dialer& dialer, const core::PodPort& pod,
                                    const core::MetadataServiceAddress& address,
                                    const std::string& revision, core::Deadline deadline);

// The MetadataService of each instance, over the dialer.
class MetadataService final : public core::MetadataSource {
 public:
  struct Options {
    std::optional<int> default_port;  // see core::metadata_service_of
    // A registered host is only contacted when it is the instance's own address: annotations are
    // written by whoever may change a pod.
    bool foreign_hosts = false;
  };

  // The dialer must outlive it.
  MetadataService(core::Dialer& dialer, Options options) : dialer_(dialer), options_(options) {}

  Answer ask(const core::Instance& instance, core::Deadline deadline) override;

 private:
  core::Dialer& dialer_;
  Options options_;
};

}  // namespace podreg::rpc
