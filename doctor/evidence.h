// What a diagnosis has to go by: what was read of the registry, and what was not, and why.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/access.h"
#include "core/error.h"
#include "core/mapping_report.h"
#include "core/probe.h"
#include "core/registry_objects.h"
#include "core/revision_metadata.h"

namespace podreg::doctor {

// Kinds of things that checks read. Each is gathered only when a check needs it.
enum class Source {
  server,        // the API server, as opposed to a snapshot
  registry_url,  // --registry
  services,
  endpoints,
  slices,  // EndpointSlices
  pods,
  accounts,  // what the ServiceAccounts of pods may do
  date,      // the API server's clock
  mapping,   // the sources of step 2
  metadata,  // the MetadataInfo of every revision
  probes,    // what answers at the URLs
  consumer,  // the pod of --consumer
};

// What a ServiceAccount may not do.
struct AccountAccess {
  std::string ns;
  std::string account;
  std::set<std::string> services;  // whose pods run with it; of a consumer its pod alone
  bool is_consumer = false;
  std::vector<core::Permission> denied;
};

// An interface that is asked for, and who is said to provide it.
struct InterfaceQuestion {
  core::InterfaceQuery query;
  std::vector<core::Mapping> mappings;  // of every source that knows it, in Dubbo's order
  std::string nearest;                  // an interface that is provided and has a similar name
};

// Facts about the connection that need no request.
struct ConnectionFacts {
  bool certificate_not_checked = false;  // trustCerts=true of a registry URL
  bool registering_disabled = false;     // enableRegister=false of a registry URL
};

struct Evidence {
  // Milliseconds since the epoch; nothing for a snapshot, of which nobody knows when it was taken.
  std::optional<std::int64_t> now;
  std::optional<core::Error> failed;  // why the API server told nothing at all
  ConnectionFacts connection;
  bool everything = false;  // not single Services: what nobody names does not matter then
  core::RegistryObjects objects;

  // In which namespaces there are Services of the names that were asked for and not found.
  std::map<std::string, std::vector<std::string>> elsewhere;

  std::vector<AccountAccess> accounts;
  std::optional<std::int64_t> clock_behind;  // ms: the server's Date minus the clock here
  std::vector<InterfaceQuestion> interfaces;
  std::vector<core::Warning> mapping_warnings;  // of step 2
  std::vector<core::Instance> instances;        // of the Services in question
  std::vector<core::RevisionMetadata> revisions;
  std::vector<core::Warning> metadata_warnings;  // of step 4
  std::vector<core::DerivedUrl> urls;
  std::vector<core::ProbeSeries> probes;

  // Of --consumer: the pod's name (empty: none), and what it registered and exports itself, as far
  // as that is known.
  std::string consumer_pod;
  std::optional<core::Instance> consumer_instance;
  std::optional<core::MetadataInfo> consumer_metadata;

  // Sources that were not gathered though a check reads them, and why; without a reason nobody
  // asked for what they tell.
  std::map<Source, std::string> missing;
};

// The name of a Service of the namespace (empty: of any) that somebody probably meant; empty when
// none is near.
std::string nearest_service(const Evidence& evidence, const std::string& ns,
                            const std::string& name);

}  // namespace podreg::doctor
