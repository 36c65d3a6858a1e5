// Changes the registration of a pod in JSON, and leaves every other byte as it is.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/splice.h"

namespace podreg::k8s {

// Where a pod is in a text, and what to replace there.
struct PodEdit {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::vector<Splice> splices;  // none: it already is as it is wanted
};

// `text` is valid JSON, in which the Pod begins at `begin`. Sets the annotation io.dubbo/metadata
// or removes it (no value); new members stand before the others of their object and are indented
// like those. Throws SpliceRefused when metadata, annotations or the annotation is there twice.
PodEdit edit_json(std::string_view text, std::size_t begin,
                  const std::optional<std::string>& value);

// The text as JSON, in quotes.
std::string json_quoted(std::string_view text);

}  // namespace podreg::k8s
