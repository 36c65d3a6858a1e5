// Items and lists as documents in memory, for expressions that look into them.
#pragma once

#include <rapidjson/document.h>

#include <cstddef>

#include "output/listing.h"

namespace podreg::output {

rapidjson::Document item_document(const Listing& listing, std::size_t item);

// What `-o json` prints.
rapidjson::Document list_document(const Listing& listing);

}  // namespace podreg::output
