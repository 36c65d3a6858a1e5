// The MetadataInfo of every revision that is registered: what step 4 of the registry gathers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/dialer.h"
#include "core/error.h"
#include "core/instance.h"
#include "core/metadata_info.h"
#include "core/pod_failure.h"
#include "core/url_derivation.h"
#include "core/warning.h"

namespace podreg::core {

// The instances of one revision of one application.
struct RevisionGroup {
  std::string application;
  std::string ns;
  std::string revision;
  std::vector<Instance> instances;  // each pod once
};

// In the order of their first instances. Instances that export nothing (no revision, or "0") are
// left out, as a consumer leaves them out.
std::vector<RevisionGroup> group_by_revision(const std::vector<Instance>& instances);

// Of each pod among them that is registered and exports nothing, a warning.
std::vector<Warning> skipped_instances(const std::vector<Instance>& instances);

// Sources that are no instance.
inline constexpr std::string_view kFromFile = "file";
inline constexpr std::string_view kFromCache = "cache";  // on this disk

struct RevisionMetadata {
  RevisionGroup group;
  std::optional<MetadataInfo> info;   // nothing when nobody answered
  std::string computed_revision;      // of info; empty without
  std::string source;                 // "dubbo://10.0.0.1:20880" or one of those; empty without
  std::optional<PodFailure> failure;  // of one instance that was asked, when none answered
};

struct MetadataGathering {
  std::vector<RevisionMetadata> revisions;
  std::vector<Warning> warnings;
};

// `file_given`: --metadata-file is, so the hint does not recommend it. What to end with when
// instances were asked and the MetadataInfo of not one revision is known; nothing when one is. Its
// kind is invalid_data when somebody answered what cannot be read, else unreachable.
std::optional<Error> nobody_answered(const std::vector<RevisionMetadata>& revisions,
                                     bool file_given = false);

// Puts what was asked anew, of all revisions of some applications, in place of what was known of
// them, the warnings included.
void replace(MetadataGathering& known, MetadataGathering anew);

// By revision, for derive_urls.
MetadataByRevision by_revision(const std::vector<RevisionMetadata>& revisions);

// That an instance was not asked: there is no way to it, or podreg does not go there. It says
// nothing about what a consumer gets.
class NotAsked : public Error {
 public:
  explicit NotAsked(const Error& why) : Error(why) {}
};

// Who knows the MetadataInfo of an instance: its MetadataService, or the tests' fake. May be used
// from several threads.
class MetadataSource {
 public:
  virtual ~MetadataSource() = default;

  struct Answer {
    MetadataInfo info;
    std::string from;  // "dubbo://10.0.0.1:20880"
  };

  // Throws Error when this instance cannot tell, NotAsked when it was not asked.
  virtual Answer ask(const Instance& instance, Deadline deadline) = 0;
};

}  // namespace podreg::core
