// The media types that podreg asks an API server for, and those that it gets. Of pods only the
// metadata is wanted.
#pragma once

#include <string>
#include <string_view>

namespace podreg::k8s {

inline constexpr const char* kJsonType = "application/json";
inline constexpr const char* kProtobufType = "application/vnd.kubernetes.protobuf";

// A list, in protobuf where the server can.
inline constexpr const char* kPodListTypes =
    "application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,"
    "application/json";

// One, or the events of a watch.
inline constexpr const char* kPodTypes =
    "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1,application/json";

// "application/json" of "Application/JSON; charset=utf-8".
std::string media_type(std::string_view content_type);

}  // namespace podreg::k8s
