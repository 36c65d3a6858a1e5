// Words of the command line that are about what podreg itself prints: columns and fields of a
// command's list, findings of doctor. Nobody has to be asked for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/completion_candidate.h"

namespace podreg::cli {

// Which list: that of a command ("" for none), and whether it has namespaces and contexts.
struct CompletedList {
  std::string_view command;
  bool all_namespaces = false;
  bool several_contexts = false;
};

// For --columns: NAME, PORT, …
std::vector<Candidate> column_titles(const CompletedList& list);

// For --sort-by: .name, .port, …
std::vector<Candidate> field_paths(const CompletedList& list);

// For -o custom-columns=…, of which `word` is all that is typed: the whole word with one more
// column, or with the path of one whose title is there.
std::vector<Candidate> custom_columns(const CompletedList& list, const std::string& word);

// The codes of all findings, with what they say.
std::vector<Candidate> finding_codes();

}  // namespace podreg::cli
