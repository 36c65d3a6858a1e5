// The file in which a Dubbo consumer keeps the mappings that it learned.
//
// Format: Dubbo 3.2.6, FileCacheStore and MappingCacheManager;
// ~/.dubbo/.mapping.APPLICATION.dubbo.cache, in UTF-8, written anew every 10 minutes: lines that
// begin with '#' are comments, then a line INTERFACE=["APPLICATION",…] each, at most 10,000.
#pragma once

#include <string_view>

#include "core/mapping.h"

namespace podreg::core {

// As Dubbo reads it: what stands behind a second '=' and lines without any mean nothing, the last
// line of an interface counts; an empty list is no answer. Throws Error(invalid_data) that names
// the line when a list is none, where Dubbo gives up on the file.
MappingCache parse_mapping_cache(std::string_view text);

}  // namespace podreg::core
