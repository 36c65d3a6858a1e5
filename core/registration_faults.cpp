#include "core/registration_faults.h"

#include <fmt/format.h>

#include <utility>

#include "core/error.h"
#include "core/metadata_service.h"
#include "core/short_text.h"

namespace podreg::core {

// What is wrong with where the instance is to be asked; empty when nothing is.
std::string RegistrationFaults::address_fault(const Instance& instance) {
  const auto urls = instance.metadata->find(kMetadataServiceUrlsKey);
  const auto params = instance.metadata->find(kMetadataServiceParamsKey);
  if (!default_port_ && !urls && !params) return fmt::format("no {}", kMetadataServiceParamsKey);
  if (!urls && params && *params == sound_params_) return {};
  try {
    const auto address = metadata_service_of(instance, default_port_);
    if (!foreign_hosts_ && address.host != instance.host) {
      return fmt::format("its MetadataService is said to be at {}, not at its own address",
                         address.host);
    }
  } catch (const Error& error) {
    return short_text(error.what());
  }
  if (!urls && params) sound_params_ = *params;
  return {};
}

std::vector<Warning> RegistrationFaults::of(const RevisionGroup& group) {
  std::vector<Warning> warnings;
  const auto warn = [&](WarningCode code, const Instance& instance, std::string detail) {
    warnings.push_back(
        {code, group.ns, group.application, instance.host, instance.pod, std::move(detail)});
  };
  for (const auto& instance : group.instances) {
    if (is_stored_remotely(instance)) {
      warn(WarningCode::metadata_in_center, instance, "revision " + group.revision);
      break;
    }
    auto fault = address_fault(instance);
    if (!fault.empty()) {
      warn(WarningCode::metadata_service_not_askable, instance, std::move(fault));
    }
  }
  return warnings;
}

}  // namespace podreg::core
