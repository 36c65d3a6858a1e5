// The MetadataInfo in protobuf, as MetadataServiceV2 of Dubbo 3.3 answers with it.
//
// Format: Dubbo 3.3, metadata_service_v2.proto: MetadataInfoV2 {1 app, 2 version (the revision),
// 3 services by match key}, ServiceInfoV2 {1 name, 2 group, 3 version, 4 protocol, 5 port, 6 path,
// 7 params}; a map is a row of entries {1 key, 2 value}.
#pragma once

#include <string_view>

#include "core/metadata_info.h"

namespace podreg::rpc {

// Takes memory in proportion to the message. Throws Error(invalid_data) when it is no protobuf.
core::MetadataInfo metadata_info_of_v2(std::string_view bytes);

}  // namespace podreg::rpc
