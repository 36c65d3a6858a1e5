#include "core/mapping_report.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace podreg::core {
namespace {

class Reporter {
 public:
  Reporter(const StatedSources& stated, const ProviderIndex* cluster, bool all_sources)
      : stated_(stated), cluster_(cluster), all_sources_(all_sources) {}

  void add(const InterfaceQuery& query) {
    auto mappings = stated_.of(query);
    if (cluster_ != nullptr) {
      auto registered = cluster_->find(query.match.interface);
      if (!registered.providers.empty()) mappings.push_back(std::move(registered));
    }
    if (mappings.empty()) return add_missing(query.match.interface);
    if (!all_sources_) mappings.resize(1);
    for (auto& mapping : mappings) add(std::move(mapping));
  }

  MappingReport take() { return std::move(report_); }

 private:
  void add(Mapping mapping) {
    if (!shown_.emplace(mapping.interface, mapping.source, mapping.applications()).second) return;
    if (cluster_ != nullptr && mapping.source != MappingSource::cluster) {
      cluster_->complete(mapping);
      std::ranges::move(cluster_->differences(mapping), std::back_inserter(report_.warnings));
    }
    report_.mappings.push_back(std::move(mapping));
  }

  void add_missing(const std::string& interface) {
    auto& missing = report_.missing;
    if (std::ranges::find(missing, interface) == missing.end()) missing.push_back(interface);
  }

  const StatedSources& stated_;
  const ProviderIndex* cluster_;
  bool all_sources_;
  std::set<std::tuple<std::string, MappingSource, std::vector<std::string>>> shown_;
  MappingReport report_;
};

}  // namespace

MappingReport report_mappings(const std::vector<InterfaceQuery>& queries,
                              const StatedSources& stated, const ProviderIndex* cluster,
                              bool all_sources) {
  Reporter reporter(stated, cluster, all_sources);
  for (const auto& query : queries) reporter.add(query);
  return reporter.take();
}

std::set<std::string> known_interfaces(const StatedSources& stated, const ProviderIndex& cluster) {
  auto names = cluster.interfaces();
  for (const auto& [interface, applications] : stated.cache) names.insert(interface);
  return names;
}

MappingReport report_all_mappings(const StatedSources& stated, const ProviderIndex& cluster,
                                  bool all_sources) {
  const StatedSources by_name{{}, stated.cache, {}};
  Reporter reporter(by_name, &cluster, all_sources);
  for (const auto& interface : known_interfaces(stated, cluster)) {
    InterfaceQuery query;
    query.match.interface = interface;
    reporter.add(query);
  }
  auto report = reporter.take();
  report.missing.clear();  // in the cache with an empty list
  return report;
}

}  // namespace podreg::core
