// What register, update and unregister write: the annotation of a provider's pod.
//
// Reproduces KubernetesServiceDiscovery#doRegister, #doUpdate and #doUnregister of Dubbo 3.2.6 with
// the metadata of ServiceInstanceMetadataUtils: keys and their order, defaults, compact JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/metadata.h"

namespace podreg::core {

// The entries of an annotation, in the order in which they are written; each key once.
using MetadataEntries = std::vector<std::pair<std::string, std::string>>;

// What the user gave.
struct RegistrationInput {
  MetadataEntries entries;                  // --metadata, then --set; later ones win
  std::vector<std::string> unset;           // keys to leave out (update)
  std::vector<ExportedEndpoint> endpoints;  // --endpoint, in order
  std::optional<std::string> revision;      // of --services
  std::vector<std::string> made_text;       // keys whose values were not strings
};

// Adds the entries of a JSON object (--metadata). Numbers and booleans become strings.
// Throws Error(invalid_data): not an object, or a value that is an object, an array or null.
void add_metadata(RegistrationInput& input, std::string_view json);

// "KEY=VALUE". Throws Error(usage) without '=' or with an empty key.
std::pair<std::string, std::string> parse_assignment(std::string_view text);

// "PROTOCOL:PORT". Throws Error(usage): no protocol, or a port that is none.
ExportedEndpoint parse_endpoint(std::string_view text);

// The entries of a new registration: what the user gave, and Dubbo's defaults for the rest. `now`
// is milliseconds since the epoch. Throws Error(invalid_data) when `dubbo.endpoints` or
// `dubbo.metadata-service.url-params` is not well formed.
MetadataEntries new_registration(const RegistrationInput& input, std::int64_t now);

// What is registered, with the user's changes. The timestamp is
// that of the registration unless the user gave one. Throws as new_registration does.
MetadataEntries merged_registration(const MetadataEntries& registered,
                                    const RegistrationInput& input);

// Sets `timestamp`.
void stamp(MetadataEntries& entries, std::int64_t now);

// Whether both say the same but for `timestamp`.
bool same_but_for_timestamp(const MetadataEntries& a, const MetadataEntries& b);

MetadataEntries entries_of(const Metadata& metadata);
std::string value_of(const MetadataEntries& entries, std::string_view key);  // empty when absent

// The annotation's text: compact JSON in the order of the entries, escaped as fastjson2 escapes it.
// Both functions above return the order in which Dubbo writes.
std::string to_annotation(const MetadataEntries& entries);

}  // namespace podreg::core
