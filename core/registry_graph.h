// What is registered as a graph: which application provides which interface, with which instances.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/instance.h"
#include "core/revision_metadata.h"

namespace podreg::core {

struct RegistryGraph {
  enum class Kind { interface, application, instance };

  struct Node {
    Kind kind = Kind::interface;
    std::string ns;
    std::string name;                  // "[group/]interface[:version]", the Service, the pod
    std::vector<std::string> details;  // of an instance: its addresses, "10.0.0.1:20880"
    std::string interface;             // of an interface: its name alone
  };

  // From an interface to an application, over these protocols, by these revisions where not all of
  // the application's provide it; or from an application to an instance, by its revision.
  struct Edge {
    std::size_t from = 0;  // of `nodes`
    std::size_t to = 0;
    std::vector<std::string> protocols;  // sorted, each once
    std::vector<std::string> revisions;  // in the order of the instances, each once
  };

  std::vector<Node> nodes;  // by namespace, then interfaces, applications and instances, by name
  std::vector<Edge> edges;  // by `from`, then `to`
};

// Of everything that is registered: the instances, and what was gathered of their revisions. An
// interface is a node in each namespace, since a consumer sees one namespace.
RegistryGraph graph_of(const std::vector<Instance>& instances,
                       const std::vector<RevisionMetadata>& revisions);

// Whether it is the name of an application or interface there.
bool has_target(const RegistryGraph& graph, std::string_view target);

// Of each target that is there: the application, the interfaces that it provides and its instances;
// or the interface in all its groups and versions, its applications and their instances.
RegistryGraph only(const RegistryGraph& graph, const std::vector<std::string>& targets);

}  // namespace podreg::core
