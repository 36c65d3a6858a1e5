// A list as a document of its own, the way kubectl prints lists.
#pragma once

#include "core/warning.h"
#include "output/emitter.h"
#include "output/listing.h"

namespace podreg::output {

// {"apiVersion":"podreg/v1","kind":…,"items":[…],"warnings":[…]}, item by item.
void write_document(const Listing& listing, Emitter& emitter);

// {code, message, host, pod, service, namespace}; empty where it is about none.
void write_warning(const core::Warning& warning, Emitter& emitter);

}  // namespace podreg::output
