// Where podreg keeps on this machine what it may forget.
#pragma once

#include <optional>
#include <string>

#include "k8s/environment.h"

namespace podreg::cli {

// $XDG_CACHE_HOME/podreg, else ~/.cache/podreg (XDG Base Directory Specification: a path that is
// not absolute is as good as none); nothing when neither is known. It may not exist.
std::optional<std::string> cache_folder(const k8s::Environment& environment);

// Below it, where the MetadataInfo of revisions are (rpc/metadata_cache.h).
std::optional<std::string> metadata_cache_folder(const k8s::Environment& environment);

}  // namespace podreg::cli
