// Changes the registrations of pods, one at a time: reads the pod, decides, writes, and begins
// again when somebody else was faster.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/cluster.h"
#include "core/registration.h"
#include "core/warning.h"

namespace podreg::core {

enum class RegistrationAction { registered, updated, unchanged, unregistered, absent, disabled };

std::string_view to_string(RegistrationAction action);

struct RegistrationResult {
  std::string pod;
  std::string ns;
  RegistrationAction action{};
  DryRun dry_run = DryRun::none;  // client or server: it was not done in earnest
  std::string resource_version;   // after the change, or before one that was not done
  MetadataEntries metadata;       // as registered now
  std::string old_revision;       // before the change; empty when there was none
  std::vector<Warning> warnings;  // why consumers will not see it all the same, and the like
};

// What the three commands have in common.
struct RegistrarOptions {
  WriteOptions write;
  bool overwrite = true;           // false: a pod that is registered is a conflict
  std::string resource_version;    // when not empty: the version that the pod must have
  bool refresh_timestamp = false;  // update: writes even when only the timestamp changes
};

class Registrar {
 public:
  // `jitter` gives a number from 0 to 1 each time. All must outlive it.
  Registrar(Cluster& cluster, Clock& clock, std::function<double()> jitter,
            RegistrarOptions options);

  // Writes a registration made of the input and Dubbo's defaults.
  RegistrationResult register_pod(const std::string& ns, const std::string& pod,
                                  const RegistrationInput& input);

  // Merges the input into what is registered; writes nothing when the result says the same but for
  // a timestamp that nobody gave. A pod that is not registered is registered when the input has any
  // content, else it stays as it is: who only refreshes must not bring back what was unregistered.
  RegistrationResult update_pod(const std::string& ns, const std::string& pod,
                                const RegistrationInput& input);

  // Removes the registration.
  RegistrationResult unregister_pod(const std::string& ns, const std::string& pod);

  // All three throw Error: not_found (no such pod), conflict (`overwrite`, `resource_version`, or
  // ten attempts in vain), invalid_data (an annotation too large, or one that cannot be merged
  // into), and what Cluster throws.

 private:
  // What to do with a pod as it was read.
  struct Decision {
    RegistrationAction action{};
    bool write = false;
    MetadataEntries metadata = {};
    std::vector<Warning> warnings = {};
  };
  using Decide = std::function<Decision(const Pod&)>;

  RegistrationResult change(const std::string& ns, const std::string& name, const Decide& decide);
  Decision merge(const Pod& read, const RegistrationInput& input);
  RegistrationResult attempt(const Pod& pod, const Decision& decision);
  Pod read(const std::string& ns, const std::string& name);
  void warn(const Pod& pod, RegistrationResult& result);
  bool is_selected(const Pod& pod);

  Cluster& cluster_;
  Clock& clock_;
  std::function<double()> jitter_;
  RegistrarOptions options_;
  // By namespace, its Services as they were when they were first needed; nothing: they cannot be
  // had.
  std::map<std::string, std::optional<std::vector<ServiceState>>> services_;
};

}  // namespace podreg::core
