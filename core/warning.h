// What was left out, or differs from what a Dubbo consumer sees, and why. One catalogue: the codes
// and their sentences stand in warning.cpp alone.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::core {

enum class WarningCode {
  endpoint_without_pod,
  endpoint_without_target_ref,
  address_not_ready,
  pod_without_metadata,
  invalid_metadata,
  metadata_not_text,
  duplicate_instance,
  endpoints_truncated,
  endpoints_without_ports,
  service_without_selector,
  service_not_found,
  endpoints_not_found,
  // Of mappings (step 2).
  mapping_source_failed,
  application_not_registered,
  interface_not_provided,
  provider_left_out,
  // Of metadata and URLs (step 4).
  metadata_not_answered,
  metadata_not_asked,
  metadata_answered_by_another,
  metadata_in_center,
  metadata_service_not_askable,
  metadata_revision_differs,
  metadata_not_its_revision,
  metadata_file_not_its_revision,
  metadata_file_of_others,
  application_name_differs,
  exports_nothing,
  nothing_matches,
  service_without_url,
  // Of writing a registration.
  value_made_text,
  null_left_out,
  values_rewritten,
  not_registered,
  metadata_storage_remote,
  no_revision,
  pod_terminating,
  pod_finished,
  pod_without_service,
};

// "EndpointWithoutPod": stable, part of the JSON output.
std::string_view to_string(WarningCode code);

struct Warning {
  WarningCode code{};
  std::string ns;  // empty: of no particular namespace
  std::string service;
  std::string host;    // the address that it is about; may be empty
  std::string pod;     // the pod that it is about; may be empty
  std::string detail;  // what the catalogue cannot know, e.g. the error of a parser; may be empty

  auto operator<=>(const Warning&) const = default;
};

// The warnings of an earlier step stand before those of a later one.
void put_first(std::vector<Warning>& warnings, std::vector<Warning> earlier);

// One sentence about one warning: what, why, and what a Dubbo consumer makes of it.
std::string message(const Warning& warning);

// One sentence for each group of warnings of the same code and Service, in the order of their first
// members, with the count and the first names.
std::vector<std::string> grouped_messages(const std::vector<Warning>& warnings);

}  // namespace podreg::core
