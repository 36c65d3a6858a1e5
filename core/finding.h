// What keeps a Dubbo consumer from seeing or calling a provider. One catalogue: the codes, their
// sentences and remedies stand in finding_catalogue.cpp alone.
#pragma once

#include <compare>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace podreg::core {

// In the order of the steps, then as the catalogue has them. A code that is retired leaves the enum
// and enters the catalogue's list of retired names, so that it is never used again.
enum class FindingCode {
  // 0: access to the API server.
  api_server_unreachable,
  certificate_refused,
  credentials_refused,
  not_readable,
  provider_not_allowed,
  consumer_not_allowed,
  clock_skew,
  // 1: register.
  not_registered,
  annotation_invalid,
  annotation_without_entries,
  revision_missing,
  exports_nothing,
  values_not_text,
  registration_outdated,
  hostname_differs,
  foreign_registration,
  certificate_not_checked,
  registering_disabled,
  // 2: mapping.
  interface_not_provided,
  application_unknown,
  application_does_not_provide,
  wildcard_application,
  several_applications,
  // 3: instances.
  service_missing,
  service_external_name,
  service_without_selector,
  selector_matches_no_pod,
  endpoints_missing,
  endpoints_empty,
  pod_not_in_endpoints,
  registered_without_service,
  endpoints_without_ports,
  address_without_target_ref,
  address_without_pod,
  address_repeated,
  pod_not_ready,
  pod_terminating,
  not_ready_published,
  endpoints_truncated,
  slices_differ,
  dual_stack_incomplete,
  port_multiplies_instances,
  port_not_of_service,
  // 4: metadata.
  metadata_refused,
  metadata_timed_out,
  metadata_other_protocol,
  metadata_failed,
  revision_not_known,
  revision_differs,
  several_revisions,
  metadata_in_center,
  application_name_differs,
  metadata_port_not_declared,
  protocol_on_two_ports,
  metadata_version_not_exported,
  metadata_host_foreign,
  // 5: invokers.
  url_refused,
  url_timed_out,
  url_other_protocol,
  url_failed,
  nothing_matches,
  serializations_differ,
  releases_incompatible,
};

enum class Severity { error, warning, info };

// What a consumer of Dubbo 3.2.6 makes of it.
enum class ConsumerEffect {
  none,         // nothing that it notices
  skips,        // it leaves this one out
  fails,        // an exception: it sees no instance of the whole application; one that runs already
                // keeps the addresses that it had
  keeps_stale,  // it keeps addresses that are no longer right
};

// "error"; "skips": parts of the JSON output.
std::string_view to_string(Severity severity);
std::string_view to_string(ConsumerEffect effect);

// "skip this one": what follows on "a consumer would"; empty for none.
std::string_view in_words(ConsumerEffect effect);

// "0 access", "1 register": the step of a finding or check, 0 to 5.
std::string_view step_title(int step);

struct Finding {
  FindingCode code{};
  std::string ns;      // empty: of no namespace
  std::string object;  // "pod/shop-1", "service/shop-order", "interface/com.example.Order", or a
                       // word such as "apiserver"
  std::string service = {};  // the application that it is about; may be empty
  std::string detail = {};   // what the catalogue cannot know, for the message
  std::string advice = {};   // the same for the remedy; may be empty

  auto operator<=>(const Finding&) const = default;
};

// One row of the catalogue. The templates may use {name} (of the object), {ns}, {service}, {detail}
// and {advice}.
struct FindingKind {
  FindingCode code;
  std::string_view name;  // "PodNotReady": stable, part of the JSON output
  int step;               // 0 access, 1 to 5 as in the registry
  Severity severity;
  ConsumerEffect effect;
  std::string_view message;
  std::string_view remedy;
  std::string_view dubbo_log;  // words, or a code such as 1-20, of Dubbo's own log; may be empty
  std::string_view cause;      // the background, for `doctor --explain`
};

std::span<const FindingKind> finding_kinds();  // in the order of the codes
std::span<const std::string_view> retired_findings();
const FindingKind& kind_of(FindingCode code);
const FindingKind* find_kind(std::string_view name);  // in any case; nullptr for none

std::string message(const Finding& finding);
std::string remedy(const Finding& finding);

// With words such as NAMESPACE where a real one has the things that it is about.
Finding example_of(const FindingKind& kind);

// The most severe first, then by step, code and object; each once.
void sort(std::vector<Finding>& findings);

}  // namespace podreg::core
