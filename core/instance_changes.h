// What has changed between two moments of a watch.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/registry_picture.h"

namespace podreg::core {

enum class ChangeType { added, modified, deleted, warning, cleared };

// "ADDED", "MODIFIED", "DELETED" as Kubernetes has them; "WARNING", "CLEARED".
std::string_view to_string(ChangeType type);

// A key of the metadata, or "node", that has another value now; absent: it has none.
struct ValueChange {
  std::string key;
  std::optional<std::string> before;
  std::optional<std::string> after;

  bool operator==(const ValueChange&) const = default;
};

// Whether that says something of an instance; the others are about a warning.
bool is_about_instance(ChangeType type);

// What it is about belongs to one of the two pictures, and is valid as long as they are: the first
// change of a watch is about everything.
struct RegistryChange {
  ChangeType type{};
  const Instance* instance = nullptr;  // of the first three: as it is now, or was before it went
  std::vector<ValueChange> values;     // of `modified`, sorted by key; the node last
  const Warning* warning = nullptr;    // of the last two
};

// An instance is the same one as long as its Service, address, port and pod are. The order:
// deletions, additions, modifications, each as the instances are sorted; warnings that are over,
// new warnings. Both sorted as `RegistryPicture` says.
std::vector<RegistryChange> changes_between(const RegistryPicture& before,
                                            const RegistryPicture& after);

}  // namespace podreg::core
