#include "k8s/snapshot_objects.h"

#include <utility>

#include "k8s/file_source.h"
#include "k8s/object_collection.h"
#include "k8s/snapshot_files.h"

namespace podreg::k8s {

SnapshotObjects::SnapshotObjects(const std::vector<std::string>& paths,
                                 std::optional<std::string> ns, ReadObserver on_read)
    : files_(snapshot_files(paths)), ns_(std::move(ns)), on_read_(std::move(on_read)) {
  objects_ = read_files();
}

core::RegistryObjects SnapshotObjects::read_files() {
  ObjectCollection collection({.ns = ns_, .services = {}});
  auto sink = collection.sink([this](std::string& ns, const std::string& service) {
    set_default_namespace(ns);
    service.empty() ? namespaces_.add(ns) : namespaces_.add(ns, service);
  });
  std::string version;
  may_be_cut_.clear();
  read_all(files_, [&](const std::string& file) {
    FileSource source(file, on_read_);
    repeatable_ &= source.is_repeatable();
    collect_metadata(sink, collection.objects().metadata, source.name());
    auto summary = read_objects(source, source.name(), sink);
    if (summary.may_be_cut) may_be_cut_.push_back(source.name());
    if (files_.size() == 1 && summary.lists == 1) version = summary.resource_version;
    return summary;
  });
  auto objects = collection.take();
  objects.resource_version = std::move(version);
  return objects;
}

core::RegistryObjects SnapshotObjects::read(const core::ObjectsQuery& query) {
  if (!objects_) objects_ = read_files();
  auto objects = repeatable_ ? *std::exchange(objects_, std::nullopt) : *objects_;
  objects.narrow_to(query);
  return objects;
}

}  // namespace podreg::k8s
