// Reads a list of pods, as metadata only, from the protobuf that an API server sends for
// `application/vnd.kubernetes.protobuf;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1`.
//
// Format (k8s.io/apimachinery, pkg/runtime/generated.proto and pkg/apis/meta/v1/generated.proto):
//
//     "k8s\0"  Unknown{ 1 typeMeta{ 1 apiVersion, 2 kind }, 2 raw, 3 contentEncoding, 4 contentType
//     } raw      PartialObjectMetadataList{ 1 metadata{ 2 resourceVersion, 3 continue }, 2 items… }
//     item     PartialObjectMetadata{ 1 metadata }
//     metadata ObjectMeta{ 1 name, 3 namespace, 9 deletionTimestamp, 11 labels, 12 annotations,
//              … 17 managedFields }
//     labels, annotations: one entry{ 1 key, 2 value } each
//
// A PodList has the same layout as far as it is read here, and is taken too. Unknown itself has no
// length, and its other fields are empty: the list is complete when `raw` is.
#pragma once

#include <cstddef>
#include <string>

#include "core/cluster.h"
#include "k8s/byte_source.h"
#include "k8s/object_reader.h"

namespace podreg::k8s {

// A Kubernetes object is at most 1.5 MB in etcd; nothing larger than this is held in memory.
inline constexpr std::size_t kLargestPod = std::size_t{8} << 20;

// Passes every pod to the sink while the bytes arrive; labels only when asked for. `name` names the
// source in messages. Throws Error(invalid_data) when the bytes are anything but a whole list: a
// list that is cut short is never taken for a shorter one. Pods that came before the fault have
// been passed by then. Memory: one piece of the source and one pod.
ReadSummary read_pod_list(ByteSource& source, const std::string& name, bool with_labels,
                          const core::PodSink& sink);

}  // namespace podreg::k8s
