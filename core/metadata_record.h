// A MetadataInfo as a text that is read many times faster than its JSON, and whose revision is
// computed on the way: `mapping` reads hundreds of them.
//
// Format: records that end with the character 0x1E, whose fields end with 0x1F. The first is "1"
// (the format's version), the application and the announced revision. One for each service
// follows, in the order of their keys: its key, or nothing when that is its match key; name, group,
// version, protocol and port; its path behind a "=", or nothing when it has none; and its
// parameters, key and value each, as Java sorts them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/metadata_info.h"

namespace podreg::core {

// Nothing when one of its texts has one of the two characters.
std::optional<std::string> write_record(const MetadataInfo& info);

enum class RecordParts { everything, without_parameters };

struct MetadataRecord {
  MetadataInfo info;
  std::string revision;  // computed, of everything whatever is kept
};

// Nothing when the text is none.
std::optional<MetadataRecord> read_record(std::string_view text, RecordParts parts);

}  // namespace podreg::core
