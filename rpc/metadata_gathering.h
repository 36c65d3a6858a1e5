// Asks one instance of every revision of which nothing is known for its MetadataInfo, all at the
// same time.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "core/revision_metadata.h"
#include "rpc/metadata_cache.h"
#include "rpc/tally.h"

namespace podreg::rpc {

struct GatheringOptions {
  std::size_t concurrency = 16;              // requests under way at once, at least 1
  std::chrono::milliseconds timeout{5'000};  // for each request
  std::size_t attempts = 3;                  // instances of a revision that are asked, one by one
  core::MetadataByRevision known;            // of these nobody is asked
  // Of what it has nobody is asked either, and it is given what is learned. It has services without
  // their parameters. May be nullptr.
  MetadataCache* cache = nullptr;
  std::uint64_t seed = 0;  // which instance of a revision is asked first
  TallySink on_progress;   // of the revisions that somebody is asked about
};

// One revision after the other in the result, whichever answers first; warnings in that order too.
// A revision of which nobody answers is a warning, and so is an answer that does not fit; only an
// Error(not_allowed), which the next would get as well, ends it all.
core::MetadataGathering gather_metadata(core::MetadataSource& source,
                                        std::vector<core::RevisionGroup> groups,
                                        const GatheringOptions& options);

}  // namespace podreg::rpc
