// What is registered, and what became of asking for it, as tests make it up.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/metadata.h"
#include "core/revision_metadata.h"
#include "tests/support/parsed_metadata.h"

namespace podreg::tests {

struct RegisteredShop {
  std::vector<core::Instance> instances;
  std::vector<core::RevisionMetadata> revisions;

  // One revision of an application, which answered with these services: (interface, group, version,
  // protocol).
  struct Exported {
    std::string interface;
    std::string group;
    std::string version;
    std::string protocol;
  };
  void add(const std::string& application, const std::string& revision,
           const std::vector<Exported>& services, const std::string& ns = "demo") {
    core::MetadataInfo info;
    info.app = application;
    for (const auto& exported : services) {
      core::ServiceInfo service;
      service.name = exported.interface;
      service.group = exported.group;
      service.version = exported.version;
      service.protocol = exported.protocol;
      info.services.emplace(service.match_key(), service);
    }
    add_silent(application, revision, ns);
    revisions.back().info = std::move(info);
  }

  // One of which nobody answered.
  void add_silent(const std::string& application, const std::string& revision,
                  const std::string& ns = "demo") {
    core::Instance instance;
    instance.service_name = application;
    instance.ns = ns;
    instance.host = "10.0.0.1";
    instance.pod = application + "-" + revision;
    instance.port = 20880;
    instance.metadata =
        tests::parsed_metadata(R"({"dubbo.metadata.revision":")" + revision + "\"}");
    instances.push_back(instance);
    revisions.push_back(
        {{application, ns, revision, {instance}}, std::nullopt, "", "", std::nullopt});
  }
};

}  // namespace podreg::tests
