// Step 2 of the registry: from an interface to the applications that provide it, as those say it
// whom a Dubbo consumer asks.
//
// Reproduces AbstractServiceNameMapping of Dubbo 3.2.6. Dubbo takes the first of provided-by, the
// consumer's cache file, a metadata center and subscribed-services that knows the interface; the
// Kubernetes registry has no metadata center. In its place, and last, podreg has the cluster: what
// providers of the registry say that they export (core/provider_index).
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/java_text.h"
#include "core/url_derivation.h"

namespace podreg::core {

enum class MappingSource { provided_by, cache, subscribed_services, cluster };

// "provided-by", "cache", "subscribed-services", "cluster": part of the JSON output.
std::string_view to_string(MappingSource source);

// A list of applications as `provided-by` and `subscribed-services` have it: split at commas, each
// trimmed as Java trims, empty ones dropped, sorted as Java sorts, each once.
std::vector<std::string> parse_applications(std::string_view list);

// What a consumer looks for.
struct InterfaceQuery {
  ServiceMatch match;                    // its interface is never empty
  std::vector<std::string> provided_by;  // of the consumer's URL; sorted, each once

  // An interface's name, of which every version, group and protocol is meant, or a consumer's URL:
  // consumer://host/interface?group=…&version=…&protocol=…&provided-by=…, where no group is one
  // without group, as it is for that consumer. Throws Error(usage).
  static InterfaceQuery parse(std::string_view text);
};

// What an application provides of an interface.
struct Provider {
  std::string application;
  std::string ns;      // empty: as the source has it, in whichever namespace is asked
  bool known = false;  // whether the cluster said what follows; else it is empty
  std::vector<std::string> versions;  // sorted, each once; "" is that of a service without version
  std::vector<std::string> groups;
  std::vector<std::string> protocols;
  std::vector<std::string> revisions;
};

struct Mapping {
  std::string interface;
  MappingSource source = MappingSource::cluster;
  std::vector<Provider> providers;  // sorted by namespace, then application

  std::vector<std::string> applications() const;  // sorted, each once

  // Whether the application is among the providers, in that namespace or in whichever is asked.
  bool names(std::string_view ns, std::string_view application) const;
};

// Whether one of them names() the application.
bool any_names(const std::vector<Mapping>& mappings, std::string_view ns,
               std::string_view application);

// Applications by interface, as the file has them.
using MappingCache = std::map<std::string, std::vector<std::string>, JavaLess>;

// The sources that need no cluster.
struct StatedSources {
  std::vector<std::string> provided_by;  // wins over that of a query
  MappingCache cache;
  std::vector<std::string> subscribed_services;

  // The mappings of those that know the interface, in Dubbo's order.
  std::vector<Mapping> of(const InterfaceQuery& query) const;
};

}  // namespace podreg::core
