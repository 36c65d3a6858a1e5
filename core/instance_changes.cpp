#include "core/instance_changes.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
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

Identity identity_of(const Instance* one) {
  return {one->ns, one->service_name, one->host, one->port, one->pod};
}

// Looks at the instances where they are: of many there is no room for copies.
class Comparison {
 public:
  Comparison(const RegistryPicture& before, const RegistryPicture& after)
      : before_(before), after_(after) {
    for_each_instance(before, [this](const Instance& one) { old_ones_.push_back(&one); });
    std::ranges::sort(old_ones_, {}, identity_of);
    stays_.resize(old_ones_.size());
  }

  std::vector<RegistryChange> take() {
    for_each_instance(after_, [this](const Instance& one) { compare(one); });
    std::vector<RegistryChange> all;
    for_each_instance(before_, [&](const Instance& one) {
      if (!stays_[place_of(one)]) all.push_back({ChangeType::deleted, &one, {}, nullptr});
    });
    all.reserve(all.size() + added_.size() + modified_.size());
    for (const Instance* one : added_) all.push_back({ChangeType::added, one, {}, nullptr});
    std::ranges::move(modified_, std::back_inserter(all));
    return all;
  }

 private:
  void compare(const Instance& one) {
    const std::size_t place = place_of(one);
    if (place == old_ones_.size() || identity_of(old_ones_[place]) != identity_of(&one)) {
      added_.push_back(&one);
      return;
    }
    stays_[place] = true;
    auto values = changed_values(*old_ones_[place], one);
    if (!values.empty())
      modified_.push_back({ChangeType::modified, &one, std::move(values), nullptr});
  }

  // Where it is, or would be, among the old ones.
  std::size_t place_of(const Instance& one) const {
    const auto place = std::ranges::lower_bound(old_ones_, identity_of(&one), {}, identity_of);
    return static_cast<std::size_t>(place - old_ones_.begin());
  }

  const RegistryPicture& before_;
  const RegistryPicture& after_;
  std::vector<const Instance*> old_ones_;  // sorted by identity
  std::vector<bool> stays_;                // of these
  std::vector<const Instance*> added_;
  std::vector<RegistryChange> modified_;
};

std::vector<const Warning*> warnings_in(const RegistryPicture& picture) {
  std::vector<const Warning*> all;
  for (const ServicePicture& service : picture) {
    for (const Warning& warning : service.discovery.warnings) all.push_back(&warning);
  }
  return all;
}

// Those of `warnings` that are not among `others`, in their order.
void add_missing(const std::vector<const Warning*>& warnings,
                 const std::vector<const Warning*>& others, ChangeType type,
                 std::vector<RegistryChange>& changes) {
  const auto less = [](const Warning* a, const Warning* b) { return *a < *b; };
  auto known = others;
  std::ranges::sort(known, less);
  for (const Warning* warning : warnings) {
    if (!std::ranges::binary_search(known, warning, less))
      changes.push_back({type, nullptr, {}, warning});
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
  const auto old_warnings = warnings_in(before);
  const auto new_warnings = warnings_in(after);
  add_missing(old_warnings, new_warnings, ChangeType::cleared, changes);
  add_missing(new_warnings, old_warnings, ChangeType::warning, changes);
  return changes;
}

}  // namespace podreg::core
