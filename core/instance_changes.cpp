#include "core/instance_changes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace podreg::core {
namespace {

using Values = std::map<std::string_view, std::string_view>;

Values values_of(const Instance& instance) {
  Values values;
  const Metadata& metadata = *instance.metadata;
  for (std::size_t i = 0; i < metadata.size(); ++i) {
    const auto entry = metadata.entry(i);
    values.emplace(entry.key, entry.value);
  }
  return values;
}

std::optional<std::string> value_in(const Values& values, std::string_view key) {
  const auto found = values.find(key);
  if (found == values.end()) return std::nullopt;
  return std::string(found->second);
}

std::vector<ValueChange> changed_values(const Instance& before, const Instance& after) {
  std::vector<ValueChange> changes;
  if (before.metadata != after.metadata && *before.metadata != *after.metadata) {
    const Values old_values = values_of(before);
    const Values new_values = values_of(after);
    std::set<std::string_view> keys;
    for (const auto& [key, value] : old_values) keys.insert(key);
    for (const auto& [key, value] : new_values) keys.insert(key);
    for (const std::string_view key : keys) {
      ValueChange change{std::string(key), value_in(old_values, key), value_in(new_values, key)};
      if (change.before != change.after) changes.push_back(std::move(change));
    }
  }
  if (before.node != after.node) changes.push_back({"node", before.node, after.node});
  return changes;
}

// What makes an instance the same one.
using Identity =
    std::tuple<std::string_view, std::string_view, std::string_view, int, std::string_view>;

Identity identity_of(const Instance& one) {
  return {one.ns, one.service_name, one.host, one.port, one.pod};
}

// Looks at the instances where they are: of many there is no room for copies.
class Comparison {
 public:
  Comparison(const RegistryPicture& before, const RegistryPicture& after) {
    for_each_instance(before,
                      [this](const Instance& one) { old_ones_.emplace(identity_of(one), &one); });
    for_each_instance(after, [this](const Instance& one) { compare(one); });
    for_each_instance(before, [this](const Instance& one) {
      if (old_ones_.contains(identity_of(one)))
        deleted_.push_back({ChangeType::deleted, one, {}, {}});
    });
  }

  std::vector<RegistryChange> take() {
    auto all = std::move(deleted_);
    std::ranges::move(added_, std::back_inserter(all));
    std::ranges::move(modified_, std::back_inserter(all));
    return all;
  }

 private:
  void compare(const Instance& one) {
    const auto known = old_ones_.find(identity_of(one));
    if (known == old_ones_.end()) {
      added_.push_back({ChangeType::added, one, {}, {}});
      return;
    }
    auto values = changed_values(*known->second, one);
    old_ones_.erase(known);
    if (!values.empty()) modified_.push_back({ChangeType::modified, one, std::move(values), {}});
  }

  std::map<Identity, const Instance*> old_ones_;  // in the end those that are gone
  std::vector<RegistryChange> deleted_;
  std::vector<RegistryChange> added_;
  std::vector<RegistryChange> modified_;
};

// Those of `warnings` that are not among `others`, in their order.
void add_missing(const std::vector<Warning>& warnings, const std::vector<Warning>& others,
                 ChangeType type, std::vector<RegistryChange>& changes) {
  const std::set<Warning> known(others.begin(), others.end());
  for (const Warning& warning : warnings) {
    if (!known.contains(warning)) changes.push_back({type, {}, {}, warning});
  }
}

}  // namespace

std::string_view to_string(ChangeType type) {
  switch (type) {
    case ChangeType::added:
      return "ADDED";
    case ChangeType::modified:
      return "MODIFIED";
    case ChangeType::deleted:
      return "DELETED";
    case ChangeType::warning:
      return "WARNING";
    case ChangeType::cleared:
      return "CLEARED";
  }
  return "";
}

bool is_about_instance(ChangeType type) {
  return type != ChangeType::warning && type != ChangeType::cleared;
}

std::vector<RegistryChange> changes_between(const RegistryPicture& before,
                                            const RegistryPicture& after) {
  auto changes = Comparison(before, after).take();
  const auto old_warnings = warnings_of(before);
  const auto new_warnings = warnings_of(after);
  add_missing(old_warnings, new_warnings, ChangeType::cleared, changes);
  add_missing(new_warnings, old_warnings, ChangeType::warning, changes);
  return changes;
}

}  // namespace podreg::core
