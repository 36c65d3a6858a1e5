// Gathers what a diagnosis goes by: only what its checks read, and of what cannot be read, why.
#pragma once

#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "cli/doctor_options.h"
#include "cli/interface_resolver.h"
#include "doctor/diagnosis.h"
#include "doctor/evidence.h"

namespace podreg::cli {

class Context;

class DoctorEvidence {
 public:
  // Both must outlive it. Throws Error(usage) for targets that are not well formed and for flags
  // that do not fit them.
  DoctorEvidence(const DoctorOptions& options, Context& context);

  // Everything. The question then names the Services of the interfaces, too. Throws Error for what
  // is no finding: a command line, kubeconfig or snapshot that cannot be used, a consumer pod that
  // does not exist.
  doctor::Evidence gather();

  const doctor::Question& question() const { return question_; }

 private:
  void read_objects();
  void look_elsewhere();
  void resolve_interfaces();
  void ask_about_accounts();
  void ask_the_time();
  void ask_for_metadata();
  void note_nobody_asked();
  std::size_t derive_urls();
  void probe();
  void find_consumer();

  bool is_consumers(const core::RevisionGroup& group) const;
  bool is_service(const std::string& name) const;
  bool needs(doctor::Source source) const { return sources_.contains(source); }
  void miss(doctor::Source source, std::string reason);
  Reach& reach();

  const DoctorOptions& options_;
  Context& context_;
  doctor::Question question_;
  std::set<std::string> named_;  // Services, on the command line
  std::vector<core::InterfaceQuery> queries_;
  std::set<doctor::Source> sources_;
  std::unique_ptr<InterfaceResolver> resolver_;
  doctor::Evidence evidence_;
};

}  // namespace podreg::cli
