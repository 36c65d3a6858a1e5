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
  std::vector<std::string> left_out;        // keys whose values were null

  // Whether there is anything to register.
  bool has_content() const { return !entries.empty() || !endpoints.empty() || revision; }
};

// Adds the entries of a JSON object (--metadata). Numbers and booleans become strings, and null
// counts as absent. Throws Error(invalid_data): not an object, or a value that is an object or an
// array.
void add_metadata(RegistrationInput& input, std::string_view json);

// The keys that a JSON object has only with null; `parsed` is what Metadata::parse made of it.
std::vector<std::string> null_keys(std::string_view json, const Metadata& parsed);

// "KEY=VALUE". Throws Error(usage) without '=' or with an empty key.
std::pair<std::string, std::string> parse_assignment(std::string_view text);

// "PROTOCOL:PORT". Throws Error(usage): what is no name of a protocol (letters, digits, '+', '-',
// '.', a letter first), or no port.
ExportedEndpoint parse_endpoint(std::string_view text);

// Throws Error(invalid_data) when `dubbo.endpoints` or `dubbo.metadata-service.url-params` among
// the entries is not well formed; to be called before anything is asked.
void check_input(const RegistrationInput& input);

// The entries of a new registration: what the user gave, and Dubbo's defaults for the rest. `now`
// is milliseconds since the epoch. Throws as check_input does.
MetadataEntries new_registration(const RegistrationInput& input, std::int64_t now);

// What is registered, with the user's changes. The timestamp is
// that of the registration unless the user gave one. Throws as check_input does, about what was
// registered as well.
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
