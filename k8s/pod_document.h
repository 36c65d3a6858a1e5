// One pod as an API server sends it, and the change of its registration as an API server takes it.
#pragma once

#include <optional>
#include <string>

#include "core/cluster.h"
#include "k8s/byte_source.h"

namespace podreg::k8s {

// Reads a core/v1 Pod, or its PartialObjectMetadata, from JSON while it arrives. `name` names the
// source in messages. Throws Error(invalid_data) for anything else, for a pod without a
// resourceVersion and for more than 8 MiB, and what the source throws.
core::Pod read_pod(ByteSource& source, const std::string& name);

// The JSON Patch (RFC 6902) that sets the annotation io.dubbo/metadata, or removes it (no value),
// byte for byte as Dubbo sends it. A pod without any annotation gets those first. The
// resourceVersion is part of it: the server refuses the patch when the pod is another by then.
std::string registration_patch(const core::Pod& pod, const std::optional<std::string>& value);

}  // namespace podreg::k8s
