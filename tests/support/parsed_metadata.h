// What stands in a pod's annotation, for tests that make instances by hand.
#pragma once

#include <memory>
#include <string_view>

#include "core/metadata.h"

namespace podreg::tests {

// Throws what Metadata::parse throws.
inline std::shared_ptr<const core::Metadata> parsed_metadata(std::string_view json) {
  return std::make_shared<const core::Metadata>(core::Metadata::parse(json));
}

}  // namespace podreg::tests
