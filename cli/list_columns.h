// The columns of a command's list, for who must know them before the list is there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace podreg::cli {

// What else gives a list its columns.
struct ListScope {
  bool all_namespaces = false;
  bool several_contexts = false;
};

// Throws Error(usage), before anything is asked of the cluster, for a title of --columns that no
// list of this command has. Commands that print no list are let through, and say so themselves.
void check_columns(std::string_view command, const std::vector<std::string>& titles,
                   const ListScope& scope);

}  // namespace podreg::cli
