// Items and lists as documents in memory, for expressions that look into them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/json.h"
#include "output/listing.h"

namespace podreg::output {

core::JsonDocument item_document(const Listing& listing, std::size_t item);

// The names of the first item's fields; none when there is no item.
std::vector<std::string> item_fields(const Listing& listing);

// What `-o json` prints.
core::JsonDocument list_document(const Listing& listing);

}  // namespace podreg::output
