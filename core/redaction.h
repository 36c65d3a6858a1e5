// Objects of the registry without what tells whose they are: to be shown to others.
#pragma once

#include "core/registry_objects.h"

namespace podreg::core {

// Puts other names and addresses in place of the real ones (core/pseudonyms.h), the same for the
// same in all objects, so that selectors match, Endpoints name their pods and a MetadataInfo its
// application as before. Names are those of objects, namespaces, nodes, ServiceAccounts,
// containers, labels with their values, interfaces, methods, groups and whatever else a
// registration or a parameter has that is no number, version or word of Dubbo's. The messages of
// conditions are dropped; names of ports stay.
//
// A revision is the MD5 of names, so it is computed anew, in the MetadataInfo and the registrations
// alike: where it was the one that its services make, it still is; others get a number.
void redact(RegistryObjects& objects);

}  // namespace podreg::core
