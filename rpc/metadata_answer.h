// The MetadataInfo that a provider's MetadataService answers with.
#pragma once

#include "core/metadata_info.h"
#include "rpc/hessian2.h"

namespace podreg::rpc {

// From the object of class org.apache.dubbo.metadata.MetadataInfo, or a map with the same keys,
// that getMetadataInfo returns. What it does not know is left out. Throws Error(invalid_data) that
// names what is wrong: null (the provider does not have that revision), another kind of value, more
// than 128 MiB, which references to the same values can stand for.
core::MetadataInfo metadata_info_of(const hessian2::Value& value);

}  // namespace podreg::rpc
