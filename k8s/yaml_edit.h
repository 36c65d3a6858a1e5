// Changes the registration of a pod in YAML, and leaves every other byte as it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "k8s/json_edit.h"
#include "k8s/yaml_outline.h"

namespace podreg::k8s {

// `text` is YAML, and `outline` that of the pod in question. Sets the annotation io.dubbo/metadata
// or removes it (no value). A new line stands before the others of its map. The value is in quotes,
// in the style that it had. Throws SpliceRefused for anchors, aliases, tags, keys that are written
// with "?" or escapes, and for comments between braces that are in the way; whether the result is
// right is for the caller to see (outline_yaml), because YAML has more forms than are known here.
PodEdit edit_yaml(std::string_view text, const YamlOutline& outline,
                  const std::optional<std::string>& value);

}  // namespace podreg::k8s
