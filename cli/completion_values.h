// What the words of the command line can be. The placeholders of CLI11's declaration say it:
// CONTEXT, SERVICE, FILE, or the words themselves, as in auto|always|never.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/completion_candidate.h"
#include "cli/completion_cluster.h"
#include "cli/global_options.h"
#include "k8s/environment.h"

namespace podreg::cli {

class CompletionValues {
 public:
  // What is on the line so far.
  struct Line {
    GlobalOptions options;               // they say which cluster is asked
    const Command* command = nullptr;    // its row of the command table; nullptr: none is named
    std::vector<std::string> arguments;  // of the command
  };

  // `environment` must outlive it.
  CompletionValues(Line line, const k8s::Environment& environment);

  // What begins with `word` of a placeholder, such as "FORMAT", "SERVICE|INTERFACE" or
  // "PROTOCOL,…" (a list: `word` is all of it). Waits for the cluster no longer than
  // 200 ms, or what $PODREG_COMPLETION_TIMEOUT leaves for it. What is not known, cannot be asked,
  // or fails has no values; never throws.
  std::vector<Candidate> of(const std::string& placeholder, const std::string& word);

  // Whether the placeholder is a file of any name, which shells know how to complete.
  static bool is_file(const std::string& placeholder);

 private:
  using Found = std::vector<Candidate>;
  struct Source {
    const char* placeholder;
    Found (CompletionValues::*values)(const std::string& word);
  };
  static const std::vector<Source>& sources();

  Found of_one(const std::string& placeholder, const std::string& word);
  Found formats(const std::string& word);
  Found contexts(const std::string& word);
  Found clusters(const std::string& word);
  Found users(const std::string& word);
  Found namespaces(const std::string& word);
  Found services(const std::string& word);
  Found pods(const std::string& word);
  Found named_pods(const std::string& word);
  Found interfaces(const std::string& word);
  Found methods(const std::string& word);
  Found protocols(const std::string& word);
  Found protocols_with_port(const std::string& word);
  Found conditions(const std::string& word);
  Found codes(const std::string& word);
  Found columns(const std::string& word);
  Found fields(const std::string& word);
  Found revisions(const std::string& word);
  Found files_to_read(const std::string& word);

  const Line line_;
  const k8s::Environment& environment_;
  const CompletionCluster cluster_;
};

}  // namespace podreg::cli
