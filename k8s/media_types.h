// The media types that podreg asks an API server for. Of pods only the metadata is wanted.
#pragma once

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

}  // namespace podreg::k8s
