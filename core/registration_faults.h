// What keeps a consumer from the MetadataInfo of revisions that podreg knows from its cache, as far
// as the registrations show it without anybody being asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/instance.h"
#include "core/revision_metadata.h"
#include "core/warning.h"

namespace podreg::core {

class RegistrationFaults {
 public:
  // `default_port` as of metadata_service_of(); with `foreign_hosts` any address may be asked.
  RegistrationFaults(std::optional<int> default_port, bool foreign_hosts)
      : default_port_(default_port), foreign_hosts_(foreign_hosts) {}

  // Those of the revision's instances: storage type "remote", or a MetadataService that cannot be
  // found or is not the pod's own.
  std::vector<Warning> of(const RevisionGroup& group);

 private:
  std::string address_fault(const Instance& instance);

  std::optional<int> default_port_;
  bool foreign_hosts_;
  std::string sound_params_;  // url-params without a fault, which most instances have in common
};

}  // namespace podreg::core
