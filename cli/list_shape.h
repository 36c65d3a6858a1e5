// What a command's list will look like, for who must know it before the list is there.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "output/printer.h"

namespace podreg::cli {

// What else gives a list its columns.
struct ListScope {
  bool all_namespaces = false;
  bool several_contexts = false;
};

// Throws Error(usage), before anything is asked of the cluster, for a title of --columns that no
// list of this command has, and for a --sort-by that begins with a field that no item of it has.
// Commands that print no list, or sort none, are let through, and say so themselves.
void check_list_shape(std::string_view command, const output::PrintOptions& options,
                      const ListScope& scope);

// The titles of all columns that a list of this command may have, and the fields that its items may
// have; none for a command that prints no list, and no fields for one that sorts none.
std::vector<std::string> titles_of_list(std::string_view command, const ListScope& scope);
std::vector<std::string> fields_of_list(std::string_view command, const ListScope& scope);

}  // namespace podreg::cli
