// The objects of the registry in snapshot files.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/registry_objects.h"
#include "k8s/reading.h"
#include "k8s/snapshot_namespaces.h"

namespace podreg::k8s {

// The files are those of SnapshotCluster, and so are the rules: an object that is there twice
// counts once, as it stands last; one without a namespace is in "default".
class SnapshotObjects final : public core::ObjectsReader {
 public:
  // Reads the files, each once, because only their end tells which namespace is the default one.
  // Keeps the objects of that namespace; without one: of all. The observer is told of each file.
  // Throws what SnapshotCluster throws.
  explicit SnapshotObjects(const std::vector<std::string>& paths,
                           std::optional<std::string> ns = {}, ReadObserver on_read = {});

  // Hands over what was read, so that nothing is in memory twice; another call reads the files
  // again. Where they cannot be read again (standard input, pipes) it hands over copies. The
  // objects' resourceVersion is that of the list when there is only one; nothing is unread.
  core::RegistryObjects read(const core::ObjectsQuery& query) override;

  // What was read of files that cannot be read again, for who asks them in another way; nullptr
  // when they can.
  const core::RegistryObjects* kept() const { return repeatable_ ? nullptr : &*objects_; }

  const SnapshotNamespaces& namespaces() const { return namespaces_; }

  // The files that may have been cut short, for a warning.
  const std::vector<std::string>& may_be_cut() const { return may_be_cut_; }

  // What it carries beside the objects, before it has been handed over.
  std::vector<core::MetadataInfo> metadata() const {
    return objects_ ? objects_->metadata : std::vector<core::MetadataInfo>{};
  }

 private:
  core::RegistryObjects read_files();

  std::vector<std::string> files_;
  std::optional<std::string> ns_;
  ReadObserver on_read_;
  SnapshotNamespaces namespaces_;
  std::vector<std::string> may_be_cut_;
  std::optional<core::RegistryObjects> objects_;
  bool repeatable_ = true;  // all files can be read again
};

}  // namespace podreg::k8s
