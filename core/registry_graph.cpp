#include "core/registry_graph.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/ip_address.h"

namespace podreg::core {

namespace {

using Node = RegistryGraph::Node;
using Edge = RegistryGraph::Edge;
using Kind = RegistryGraph::Kind;

void add_once(std::vector<std::string>& list, const std::string& text) {
  if (std::ranges::find(list, text) == list.end()) list.push_back(text);
}

class Builder {
 public:
  void add(const Instance& instance) {
    const Key application{instance.ns, Kind::application, instance.service_name};
    const Key pod{instance.ns, Kind::instance, instance.pod};
    node(application);
    add_once(node(pod).details, host_port(instance.host, instance.port));
    add_once(edges_[{application, pod}].revisions, std::string(instance.metadata->revision()));
  }

  void add(const RevisionMetadata& revision) {
    if (!revision.info) return;
    const auto& group = revision.group;
    const Key application{group.ns, Kind::application, group.application};
    known_[application].insert(group.revision);
    for (const auto& [key, service] : revision.info->services) {
      if (!service.has_url()) continue;
      const Key interface { group.ns, Kind::interface, service.service_key() };
      node(interface).interface = service.name;
      Edge& edge = edges_[{interface, application}];
      add_once(edge.protocols, service.protocol);
      add_once(edge.revisions, group.revision);
    }
  }

  RegistryGraph build() {
    RegistryGraph graph;
    std::map<Key, std::size_t> places;
    for (auto& [key, one] : nodes_) {
      places[key] = graph.nodes.size();
      graph.nodes.push_back(std::move(one));
    }
    graph.edges.reserve(edges_.size());
    for (auto& [ends, edge] : edges_) {
      edge.from = places.at(ends.first);
      edge.to = places.at(ends.second);
      std::ranges::sort(edge.protocols);
      if (edge.revisions.size() == known_[ends.second].size()) edge.revisions.clear();
      graph.edges.push_back(std::move(edge));
    }
    return graph;
  }

 private:
  using Key = std::tuple<std::string, Kind, std::string>;  // namespace, kind, name

  Node& node(const Key& key) {
    Node& one = nodes_[key];
    std::tie(one.ns, one.kind, one.name) = key;
    return one;
  }

  std::map<Key, Node> nodes_;
  std::map<std::pair<Key, Key>, Edge> edges_;
  std::map<Key, std::set<std::string>> known_;  // of applications, the revisions that are known
};

bool is_target(const Node& node, std::string_view target) {
  return (node.kind == Kind::application && node.name == target) ||
         (node.kind == Kind::interface && node.interface == target);
}

// What hangs together with an interface or an application that is asked for.
std::set<std::size_t> wanted_nodes(const RegistryGraph& graph,
                                   const std::vector<std::string>& targets) {
  std::set<std::size_t> named;
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
    const auto is_this = [&](const auto& target) { return is_target(graph.nodes[i], target); };
    if (std::ranges::any_of(targets, is_this)) named.insert(i);
  }
  auto wanted = named;
  for (const Edge& edge : graph.edges) {
    if (graph.nodes[edge.from].kind == Kind::interface) {
      if (named.contains(edge.from)) wanted.insert(edge.to);
      if (named.contains(edge.to)) wanted.insert(edge.from);
    }
  }
  for (const Edge& edge : graph.edges) {
    const bool to_instance = graph.nodes[edge.from].kind == Kind::application;
    if (to_instance && wanted.contains(edge.from)) wanted.insert(edge.to);
  }
  return wanted;
}

}  // namespace

RegistryGraph graph_of(const std::vector<Instance>& instances,
                       const std::vector<RevisionMetadata>& revisions) {
  Builder builder;
  for (const auto& instance : instances) builder.add(instance);
  for (const auto& revision : revisions) builder.add(revision);
  return builder.build();
}

bool has_target(const RegistryGraph& graph, std::string_view target) {
  return std::ranges::any_of(graph.nodes, [&](const Node& one) { return is_target(one, target); });
}

RegistryGraph only(const RegistryGraph& graph, const std::vector<std::string>& targets) {
  const auto wanted = wanted_nodes(graph, targets);
  RegistryGraph part;
  std::map<std::size_t, std::size_t> places;
  for (const std::size_t node : wanted) {
    places[node] = part.nodes.size();
    part.nodes.push_back(graph.nodes[node]);
  }
  for (Edge edge : graph.edges) {
    if (!wanted.contains(edge.from) || !wanted.contains(edge.to)) continue;
    edge.from = places[edge.from];
    edge.to = places[edge.to];
    part.edges.push_back(std::move(edge));
  }
  return part;
}

}  // namespace podreg::core
