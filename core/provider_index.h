// Which applications provide an interface, as their own MetadataInfo say it: what podreg has where
// Dubbo's Kubernetes registry has no answer to step 2.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/instance.h"
#include "core/mapping.h"
#include "core/revision_metadata.h"
#include "core/warning.h"

namespace podreg::core {

class ProviderIndex {
 public:
  // Of everything that is registered: the instances, and what was gathered of their revisions.
  ProviderIndex(const std::vector<Instance>& instances,
                const std::vector<RevisionMetadata>& revisions);

  // Everybody who provides the interface; no providers when nobody does.
  Mapping find(std::string_view interface) const;

  // Every interface that somebody provides.
  std::set<std::string> interfaces() const;

  // Fills in what the cluster knows of the providers of another source's mapping: one in each
  // namespace in which the application provides the interface, or the one that it says.
  void complete(Mapping& stated) const;

  // Where a completed mapping of another source differs from the cluster: applications that do not
  // provide the interface (of which every revision is known), and providers that it leaves out.
  std::vector<Warning> differences(const Mapping& stated) const;

  std::size_t applications() const { return registered_.size(); }

 private:
  using Application = std::pair<std::string, std::string>;  // namespace, name
  using Providers = std::map<Application, Provider>;

  bool is_registered(std::string_view application) const;
  bool is_known(std::string_view application) const;

  std::map<std::string, Providers, std::less<>> providers_;  // by interface
  std::set<Application> registered_;
  std::set<Application> incomplete_;  // nobody answered for one of their revisions
};

}  // namespace podreg::core
