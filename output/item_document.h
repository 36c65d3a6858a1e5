// Items and lists as documents in memory, for expressions that look into them.
#pragma once

#include <rapidjson/document.h>

#include <cstddef>
#include <string>
#include <vector>

#include "output/listing.h"

namespace podreg::output {

rapidjson::Document item_document(const Listing& listing, std::size_t item);

// The names of the first item's fields; none when there is no item.
std::vector<std::string> item_fields(const Listing& listing);

// What `-o json` prints.
rapidjson::Document list_document(const Listing& listing);

}  // namespace podreg::output
