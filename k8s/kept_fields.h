// Which fields of the objects a snapshot keeps: those that object_writer writes, in a table that
// `podreg snapshot --explain` prints.
#pragma once

#include <span>

#include "core/kept_field.h"

namespace podreg::k8s {

// Sorted by kind; the order of an object's fields otherwise.
std::span<const core::KeptField> kept_fields();

}  // namespace podreg::k8s
