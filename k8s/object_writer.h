// Writes the objects of the registry as `podreg snapshot` keeps them: a List of v1 objects that
// kubectl and every command with --snapshot read, one object to a line, always in the same order.
#pragma once

#include "core/registry_objects.h"
#include "core/streams.h"

namespace podreg::k8s {

// By kind, namespace and name; the MetadataInfo, when there are some, as one object of the kind
// MetadataList (podreg/v1), each revision once, by revision. `resourceVersion` of the List is that
// of the objects. What object_reader makes of the text is what was written. Throws what the sink
// throws.
void write_objects(const core::RegistryObjects& objects, core::TextSink& to);

}  // namespace podreg::k8s
