#include "core/warning.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <tuple>
#include <utility>

namespace podreg::core {

namespace {

// `one` and `many` are the sentences about a single warning and about a group of them. They may use
// {service}, {ns}, {host}, {pod} and {detail}; `many` also {count} and {names}.
struct CatalogueEntry {
  WarningCode code;
  std::string_view name;
  std::string_view one;
  std::string_view many;
};

constexpr std::array kCatalogue =
    {
        CatalogueEntry{
            WarningCode::endpoint_without_pod, "EndpointWithoutPod",
            R"(address {host} of Service "{service}" names pod "{pod}", which is not among the pods of the Service's selector; a Dubbo consumer leaves it out)",
            R"({count} addresses of Service "{service}" name pods that are not among those of its selector; a Dubbo consumer leaves them out: {names})"},
        CatalogueEntry{
            WarningCode::endpoint_without_target_ref, "EndpointWithoutTargetRef",
            R"(address {host} of Service "{service}" names no pod (no targetRef); a Dubbo consumer fails on it and sees no instance of this Service at all)",
            R"({count} addresses of Service "{service}" name no pod (no targetRef); a Dubbo consumer fails on them and sees no instance of this Service at all: {names})"},
        CatalogueEntry{
            WarningCode::address_not_ready, "AddressNotReady",
            R"(pod "{pod}" of Service "{service}" is not ready (address {host}); a Dubbo consumer leaves it out)",
            R"({count} pods of Service "{service}" are not ready; a Dubbo consumer leaves them out: {names})"},
        CatalogueEntry{
            WarningCode::pod_without_metadata, "PodWithoutMetadata",
            R"(pod "{pod}" of Service "{service}" is ready but not registered: its annotation io.dubbo/metadata is absent or empty; a Dubbo consumer leaves it out)",
            R"({count} pods of Service "{service}" are ready but not registered: their annotation io.dubbo/metadata is absent or empty; a Dubbo consumer leaves them out: {names})"},
        CatalogueEntry{
            WarningCode::invalid_metadata, "InvalidMetadata",
            R"(pod "{pod}" of Service "{service}" has an annotation io.dubbo/metadata that cannot be read as a JSON object ({detail}); a Dubbo consumer fails on it and sees no instance of this Service at all)",
            R"({count} pods of Service "{service}" have an annotation io.dubbo/metadata that cannot be read as a JSON object (the first: {detail}); a Dubbo consumer fails on them and sees no instance of this Service at all: {names})"},
        CatalogueEntry{
            WarningCode::metadata_not_text, "MetadataNotText",
            R"(pod "{pod}" of Service "{service}" registered values that are not strings ({detail}); a Dubbo consumer keeps them, but fails where it reads one as text)",
            R"({count} pods of Service "{service}" registered values that are not strings (the first: {detail}); a Dubbo consumer keeps them, but fails where it reads one as text: {names})"},
        CatalogueEntry{
            WarningCode::duplicate_instance, "DuplicateInstance",
            R"(address {host} of pod "{pod}" is named more than once by the Endpoints of Service "{service}"; a Dubbo consumer gets its instances more than once)",
            R"({count} addresses of Service "{service}" are named more than once by its Endpoints; a Dubbo consumer gets their instances more than once: {names})"},
        CatalogueEntry{
            WarningCode::endpoints_truncated, "EndpointsTruncated",
            R"(the Endpoints of Service "{service}" hold {detail}, because Kubernetes truncates them at 1,000; a Dubbo consumer does not see the others; --endpoint-source endpointslices shows them all)",
            R"(the Endpoints of {count} Services are truncated: {names})"},
        CatalogueEntry{
            WarningCode::endpoints_without_ports, "EndpointsWithoutPorts",
            R"(the {detail} of Service "{service}" have addresses but no port; a Dubbo consumer makes no instance of them)",
            R"(the {detail} of {count} Services have addresses but no port: {names})"},
        CatalogueEntry{
            WarningCode::service_without_selector, "ServiceWithoutSelector",
            R"(Service "{service}" has no selector: its Endpoints are made by hand, and every pod of namespace "{ns}" is a candidate)",
            R"({count} Services have no selector: {names})"},
        CatalogueEntry{
            WarningCode::service_not_found, "ServiceNotFound",
            R"(there are Endpoints "{service}", but no Service of that name; a Dubbo consumer sees no instance)",
            R"({count} Endpoints have no Service: {names})"},
        CatalogueEntry{WarningCode::endpoints_not_found, "EndpointsNotFound",
                       R"(Service "{service}" has no {detail})",
                       R"({count} Services have no {detail}: {names})"},
        CatalogueEntry{WarningCode::mapping_source_failed, "MappingSourceFailed",
                       R"({detail}; the mapping goes without it)",
                       R"({count} sources of mappings failed: {names})"},
        CatalogueEntry{
            WarningCode::application_not_registered, "ApplicationNotRegistered",
            R"(application "{service}" is said to provide {detail}, but nothing is registered under that name; a Dubbo consumer finds no instance of it)",
            R"(application "{service}" is said to provide {count} interfaces, but nothing is registered under that name; a Dubbo consumer finds no instance of it: {names})"},
        CatalogueEntry{
            WarningCode::interface_not_provided, "InterfaceNotProvided",
            R"(application "{service}" is said to provide {detail}, but none of its revisions does; a Dubbo consumer finds no URL there)",
            R"(application "{service}" is said to provide {count} interfaces, but none of its revisions does; a Dubbo consumer finds no URL there: {names})"},
        CatalogueEntry{
            WarningCode::provider_left_out, "ProviderLeftOut",
            R"(application "{service}" provides {detail}, but is not named there; a Dubbo consumer that goes by it does not see this application)",
            R"(application "{service}" provides {count} interfaces, but is not named for them; a Dubbo consumer that goes by it does not see this application: {names})"},
        CatalogueEntry{
            WarningCode::metadata_not_answered, "MetadataNotAnswered",
            R"(no instance of a revision of application "{service}" answered for its MetadataInfo ({detail}); a Dubbo consumer has no URL of this revision, and tries again every 10 s)", R"(of {count} revisions of application "{service}" no instance answered for the MetadataInfo (the first: {detail}); a Dubbo consumer has no URL of them, and tries again every 10 s: {names})"},
        CatalogueEntry{
            WarningCode::metadata_not_asked, "MetadataNotAsked",
            R"(podreg could ask no instance of a revision of application "{service}" for its MetadataInfo ({detail}); that says nothing about what a Dubbo consumer gets)",
            R"(podreg could ask no instance of {count} revisions of application "{service}" for the MetadataInfo (the first: {detail}); that says nothing about what a Dubbo consumer gets: {names})"},
        CatalogueEntry{
            WarningCode::metadata_answered_by_another, "MetadataAnsweredByAnother",
            R"(pod "{pod}" ({host}) did not answer for its MetadataInfo ({detail}), another of its revision did; a Dubbo consumer asks only one, and waits 10 s when that one does not answer it)",
            R"({count} pods of application "{service}" did not answer for their MetadataInfo (the first: {detail}), others of their revisions did; a Dubbo consumer asks only one, and waits 10 s when that one does not answer it: {names})"},
        CatalogueEntry{
            WarningCode::metadata_in_center, "MetadataInCenter",
            R"(the MetadataInfo of {detail} of application "{service}" is in a metadata center (storage type "remote"), where podreg cannot ask; --metadata-file gives it)",
            R"(the MetadataInfo of {count} revisions of application "{service}" is in a metadata center (storage type "remote"), where podreg cannot ask; --metadata-file gives it: {names})"},
        CatalogueEntry{
            WarningCode::metadata_service_not_askable, "MetadataServiceNotAskable",
            R"(pod "{pod}" ({host}) of application "{service}" is registered so that it can hardly be asked for its MetadataInfo ({detail}); what it exports is known from an earlier answer, but a Dubbo consumer may have no URL of it)",
            R"({count} pods of application "{service}" are registered so that they can hardly be asked for their MetadataInfo (the first: {detail}); what they export is known from an earlier answer, but a Dubbo consumer may have no URL of them: {names})"},
        CatalogueEntry{
            WarningCode::metadata_revision_differs, "MetadataRevisionDiffers",
            R"(pod "{pod}" ({host}) answered with another revision than it registered ({detail}))",
            R"({count} pods of application "{service}" answered with other revisions than they registered (the first: {detail}): {names})"},
        CatalogueEntry{
            WarningCode::metadata_not_its_revision, "MetadataNotItsRevision",
            R"(the MetadataInfo that pod "{pod}" ({host}) answered with has another MD5 than its revision ({detail}))",
            R"(the MetadataInfo of {count} pods of application "{service}" has another MD5 than its revision (the first: {detail}): {names})"},
        CatalogueEntry{
            WarningCode::metadata_file_not_its_revision, "MetadataFileNotItsRevision",
            R"(the MetadataInfo of application "{service}" that --metadata-file gives has another MD5 than its revision ({detail}))",
            R"({count} MetadataInfos of application "{service}" that --metadata-file gives have another MD5 than their revisions (the first: {detail}))"},
        CatalogueEntry{
            WarningCode::metadata_file_of_others, "MetadataFileOfOthers",
            R"(--metadata-file gives {detail}; no instance here is of it)",
            R"(--metadata-file gives {detail}; in {count} gatherings no instance was of it)"},
        CatalogueEntry{
            WarningCode::application_name_differs, "ApplicationNameDiffers",
            R"(the MetadataInfo of application "{service}" names another application ({detail}); a Dubbo consumer goes by the Service's name, and asks for that)",
            R"({count} MetadataInfos of application "{service}" name another application (the first: {detail}); a Dubbo consumer goes by the Service's name, and asks for that)"},
        CatalogueEntry{
            WarningCode::exports_nothing, "ExportsNothing",
            R"(pod "{pod}" ({host}) of application "{service}" is registered but exports nothing ({detail}); a Dubbo consumer skips it)",
            R"({count} pods of application "{service}" are registered but export nothing (the first: {detail}); a Dubbo consumer skips them: {names})"},
        CatalogueEntry{
            WarningCode::nothing_matches, "NothingMatches",
            R"(no URL of {service} matches the version, group and protocol that are asked for; there is {detail})",
            R"(no URL of {service} matches any of {count} filters; there is {detail})"},
        CatalogueEntry{
            WarningCode::service_without_url, "ServiceWithoutUrl",
            R"(the MetadataInfo of pod "{pod}" ({host}) of application "{service}" has a service without a name or a protocol ({detail}), of which no URL can be made; it is left out)", R"(the MetadataInfo of {count} pods of application "{service}" have services without a name or a protocol (the first: {detail}), of which no URL can be made; they are left out: {names})"},
        CatalogueEntry{WarningCode::value_made_text, "ValueMadeText",
                       R"(the value of {detail} is registered as a string, as Dubbo reads it)",
                       R"({count} values are registered as strings, as Dubbo reads them: {names})"},
        CatalogueEntry{
            WarningCode::null_left_out, "NullLeftOut",
            R"(the value of {detail} is null, which Dubbo reads as absent; it is left out)",
            R"({count} values are null, which Dubbo reads as absent; they are left out: {names})"},
        CatalogueEntry{
            WarningCode::values_rewritten, "ValuesRewritten",
            R"(pod "{pod}" had registered values that are not strings ({detail}); they are strings now, as Dubbo reads them)",
            R"({count} pods had registered values that are not strings (the first: {detail}); they are strings now, as Dubbo reads them: {names})"},
        CatalogueEntry{
            WarningCode::not_registered, "NotRegistered",
            R"(pod "{pod}" is not registered, and nothing is given to register; podreg register registers it)",
            R"({count} pods are not registered, and nothing is given to register; podreg register registers them: {names})"},
        CatalogueEntry{
            WarningCode::metadata_storage_remote, "MetadataStorageRemote",
            R"(pod "{pod}" is registered with storage type "remote": Dubbo consumers will look for its metadata in a metadata center, and podreg has none to report it to)",
            R"({count} pods are registered with storage type "remote": Dubbo consumers will look for their metadata in a metadata center, and podreg has none to report it to: {names})"},
        CatalogueEntry{
            WarningCode::no_revision, "NoRevision",
            R"(pod "{pod}" is registered without a revision, so it exports no service; a Dubbo consumer skips it; --services gives one)",
            R"({count} pods are registered without a revision, so they export no service; a Dubbo consumer skips them; --services gives one: {names})"},
        CatalogueEntry{
            WarningCode::pod_terminating, "PodTerminating",
            R"(pod "{pod}" is terminating; a Dubbo consumer will not see it)",
            R"({count} pods are terminating; a Dubbo consumer will not see them: {names})"},
        CatalogueEntry{
            WarningCode::pod_finished, "PodFinished",
            R"(pod "{pod}" has finished; a Dubbo consumer will not see it)",
            R"({count} pods have finished; a Dubbo consumer will not see them: {names})"},
        CatalogueEntry{
            WarningCode::pod_without_service, "PodWithoutService",
            R"(no Service selects pod "{pod}"; a Dubbo consumer will not see it)",
            R"(no Service selects {count} pods; a Dubbo consumer will not see them: {names})"},
};

const CatalogueEntry& entry_of(WarningCode code) {
  return *std::ranges::find(kCatalogue, code, &CatalogueEntry::code);
}

constexpr std::size_t kNamesShown = 3;

std::string_view name_of(const Warning& warning) {
  if (!warning.pod.empty()) return warning.pod;
  return warning.host.empty() ? warning.detail : warning.host;
}

// "a, b, c and 7 more": pods where they are known, else addresses.
std::string names(const std::vector<const Warning*>& group) {
  std::string text;
  for (std::size_t i = 0; i < std::min(group.size(), kNamesShown); ++i) {
    if (i > 0) text += ", ";
    text += name_of(*group[i]);
  }
  if (group.size() > kNamesShown) text += fmt::format(" and {} more", group.size() - kNamesShown);
  return text;
}

std::string fill(std::string_view sentence, const Warning& warning, std::size_t count,
                 const std::string& names) {
  const auto object = warning.ns.empty() ? warning.service : warning.ns + "/" + warning.service;
  return fmt::format(fmt::runtime(sentence), fmt::arg("service", object),
                     fmt::arg("ns", warning.ns), fmt::arg("host", warning.host),
                     fmt::arg("pod", warning.pod), fmt::arg("detail", warning.detail),
                     fmt::arg("count", count), fmt::arg("names", names));
}

}  // namespace

std::string_view to_string(WarningCode code) { return entry_of(code).name; }

void put_first(std::vector<Warning>& warnings, std::vector<Warning> earlier) {
  std::ranges::move(warnings, std::back_inserter(earlier));
  warnings = std::move(earlier);
}

std::string message(const Warning& warning) {
  return fill(entry_of(warning.code).one, warning, 1, {});
}

std::vector<std::string> grouped_messages(const std::vector<Warning>& warnings) {
  std::vector<std::vector<const Warning*>> groups;
  std::map<std::tuple<WarningCode, std::string_view, std::string_view>, std::size_t> index;
  for (const Warning& warning : warnings) {
    const auto [place, is_new] =
        index.try_emplace({warning.code, warning.ns, warning.service}, groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(&warning);
  }
  std::vector<std::string> messages;
  messages.reserve(groups.size());
  for (const auto& group : groups) {
    const Warning& first = *group.front();
    messages.push_back(group.size() == 1
                           ? message(first)
                           : fill(entry_of(first.code).many, first, group.size(), names(group)));
  }
  return messages;
}

}  // namespace podreg::core
