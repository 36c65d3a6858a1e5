// One Service as a diagnosis sees it: its objects, joined as a consumer joins them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/discovery.h"
#include "core/metadata_service.h"
#include "core/registry_objects.h"
#include "doctor/evidence.h"
#include "doctor/pod_index.h"

namespace podreg::doctor {

// Where the Endpoints have a pod.
enum class Listed { not_at_all, as_not_ready, as_ready };

struct CasePod {
  const core::PodObject* pod;
  Listed listed = Listed::not_at_all;
  core::Registration registration;  // what its annotation says

  // Of a pod that is an instance: the first one (into ServiceCase::discovery), the ports that it
  // exports protocols on, and where its MetadataService is, or why nobody can tell.
  const core::Instance* instance = nullptr;
  std::vector<core::ExportedEndpoint> exported = {};
  std::optional<core::MetadataServiceAddress> metadata_service = std::nullopt;
  std::string metadata_service_fault = {};
};

struct ServiceCase {
  std::string ns;
  std::string name;
  bool is_named =
      false;  // somebody asked for it, so that it matters even when nothing is registered
  const core::Service* service = nullptr;
  const core::Endpoints* endpoints = nullptr;
  std::vector<const core::EndpointSlice*> slices;
  // Of its selector, by name; of no selector, those that its Endpoints name. Those that have
  // finished are left out.
  std::vector<CasePod> pods;
  const PodIndex* all_pods = nullptr;
  core::Discovery discovery;  // what a consumer sees

  std::string object() const { return "service/" + name; }
  bool concerns_dubbo() const;
};

// Whether it has ended and will not run again: an evicted pod, or one of a Job.
bool has_finished(const core::PodObject& pod);

// The Services of a registry, one case after the other, so that no more than one is in memory.
class ServiceCases {
 public:
  // The objects must outlive it.
  explicit ServiceCases(const core::RegistryObjects& objects);

  // Every (namespace, name) that a Service or Endpoints have, sorted.
  const std::set<std::pair<std::string, std::string>>& names() const { return names_; }

  ServiceCase make(const std::string& ns, const std::string& name, bool is_named) const;

  const PodIndex& pods() const { return pods_; }

 private:
  using Key = std::pair<std::string, std::string>;

  std::set<Key> names_;
  std::map<Key, const core::Service*> services_;
  std::map<Key, const core::Endpoints*> endpoints_;
  std::map<Key, std::vector<const core::EndpointSlice*>> slices_;
  PodIndex pods_;
};

// Whether somebody wrote metadata for Dubbo's Kubernetes registry, or for a similar one, there.
bool is_dubbos(const core::PodObject& pod);

}  // namespace podreg::doctor
