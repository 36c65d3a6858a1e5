// What the words of the command line can be. The placeholders of CLI11's declaration say it:
// CONTEXT, SERVICE, FILE, or the words themselves, as in auto|always|never.
#pragma once

#include <string>
#include <vector>

#include "cli/global_options.h"
#include "k8s/environment.h"
#include "output/format.h"

namespace podreg::cli {

struct Candidate {
  std::string value;
  std::string description;  // may be empty
};

class CompletionValues {
 public:
  // `options` are those on the line so far; they say which cluster is asked; `prints` is what the
  // command prints. `environment` must outlive it.
  CompletionValues(GlobalOptions options, const k8s::Environment& environment,
                   output::Prints prints);

  // What begins with `word` of a placeholder, such as "FORMAT", "SERVICE|INTERFACE" or
  // "PROTOCOL,…" (a list: `word` is all of it). Waits for the cluster no longer than
  // a quarter of a second. What is not known, cannot be asked, or fails has no values; never
  // throws.
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
  Found files_to_read(const std::string& word);

  const GlobalOptions options_;
  const k8s::Environment& environment_;
  const output::Prints prints_;
};

}  // namespace podreg::cli
