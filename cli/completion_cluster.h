// What completion finds in the kubeconfig and in the cluster that the command line names, without
// keeping anybody waiting.
#pragma once

#include <string>
#include <vector>

#include "cli/completion_candidate.h"
#include "cli/global_options.h"
#include "k8s/environment.h"

namespace podreg::cli {

// All functions throw core::Error when something cannot be read or asked; a request waits for the
// server no longer than a completion may. Nothing is printed. One thread only.
class CompletionCluster {
 public:
  // `options` are those on the line so far. `environment` must outlive it.
  CompletionCluster(GlobalOptions options, const k8s::Environment& environment);

  std::vector<Candidate> contexts() const;
  std::vector<Candidate> clusters() const;
  std::vector<Candidate> users() const;

  std::vector<Candidate> namespaces() const;
  std::vector<Candidate> services() const;
  std::vector<Candidate> pods() const;

  // Those that instances of the Service have registered, with how many they are.
  std::vector<Candidate> revisions(const std::string& service) const;

 private:
  const GlobalOptions options_;
  const k8s::Environment& environment_;
};

}  // namespace podreg::cli
