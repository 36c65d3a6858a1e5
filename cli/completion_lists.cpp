#include "cli/completion_lists.h"

#include <fmt/format.h>

#include "cli/list_shape.h"
#include "core/ascii.h"
#include "core/finding.h"

namespace podreg::cli {

namespace {

using Found = std::vector<Candidate>;

ListScope scope_of(const CompletedList& list) {
  return {list.all_namespaces, list.several_contexts};
}

}  // namespace

Found column_titles(const CompletedList& list) {
  Found found;
  for (auto& title : titles_of_list(list.command, scope_of(list))) {
    found.push_back({std::move(title), {}});
  }
  return found;
}

Found field_paths(const CompletedList& list) {
  Found found;
  for (const auto& field : fields_of_list(list.command, scope_of(list))) {
    found.push_back({"." + field, {}});
  }
  return found;
}

Found custom_columns(const CompletedList& list, const std::string& word) {
  const auto begin = word.find_last_of("=,") + 1;
  const auto colon = word.find(':', begin);
  Found found;
  for (const auto& field : fields_of_list(list.command, scope_of(list))) {
    if (colon == std::string::npos) {
      found.push_back(
          {fmt::format("{}{}:.{}", word.substr(0, begin), core::ascii_upper(field), field), {}});
    } else {
      found.push_back({fmt::format("{}.{}", word.substr(0, colon + 1), field), {}});
    }
  }
  return found;
}

Found finding_codes() {
  Found found;
  for (const auto& kind : core::finding_kinds()) {
    found.push_back({std::string(kind.name), core::message(core::example_of(kind))});
  }
  return found;
}

}  // namespace podreg::cli
