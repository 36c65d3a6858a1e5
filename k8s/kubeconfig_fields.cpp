#include "k8s/kubeconfig_fields.h"

#include <fmt/format.h>

#include <utility>

#include "k8s/read_errors.h"

namespace podreg::k8s {

namespace {

constexpr int kMostMerges = 8;  // of maps within each other: they may form a circle

std::string describe(const YAML::Node& node) {
  if (node.IsMap()) return "a map";
  return node.IsSequence() ? "a list" : "a text";
}

YAML::Node find(const YAML::Node& map, std::string_view key, int merges) {
  YAML::Node found(YAML::NodeType::Undefined);
  YAML::Node merged(YAML::NodeType::Undefined);
  if (!map.IsMap()) return found;
  for (const auto& pair : map) {
    if (!pair.first.IsScalar()) continue;
    if (pair.first.Scalar() == key) found.reset(pair.second);
    if (pair.first.Scalar() == "<<") merged.reset(pair.second);
  }
  if (found.IsDefined() || !merged.IsDefined() || merges == 0) return found;
  if (!merged.IsSequence()) return find(merged, key, merges - 1);
  for (const YAML::Node& map_of_list : merged) {
    found.reset(find(map_of_list, key, merges - 1));
    if (found.IsDefined()) break;
  }
  return found;
}

}  // namespace

std::string kubeconfig_name(const std::string& file) { return "kubeconfig " + file; }

std::string yaml_place(const YAML::Mark& mark) {
  if (mark.is_null()) return {};
  return fmt::format("line {}, column {}", mark.line + 1, mark.column + 1);
}

bool is_set(const YAML::Node& node) { return node.IsDefined() && !node.IsNull(); }

KubeconfigFields::KubeconfigFields(const YAML::Node& map, const std::string& file, std::string what)
    : map_(map), file_(&file), what_(std::move(what)) {
  if (is_set(map_) && !map_.IsMap()) throw mismatch(map_, what_, "a map");
}

YAML::Node KubeconfigFields::node(std::string_view key) const {
  return find(map_, key, kMostMerges);
}

bool KubeconfigFields::has(std::string_view key) const {
  const auto value = node(key);
  return is_set(value) && (!value.IsScalar() || !value.Scalar().empty()) &&
         (value.IsScalar() || value.size() != 0);
}

std::string KubeconfigFields::text(std::string_view key) const {
  const auto value = node(key);
  if (!is_set(value)) return {};
  if (!value.IsScalar()) throw mismatch(value, field(key), "a text");
  return value.Scalar();
}

std::vector<std::string> KubeconfigFields::texts(std::string_view key) const {
  std::vector<std::string> result;
  const auto list = node(key);
  if (!is_set(list)) return result;
  if (!list.IsSequence()) throw mismatch(list, field(key), "a list");
  for (const YAML::Node& item : list) {
    if (is_set(item) && !item.IsScalar()) {
      throw mismatch(item, fmt::format("an entry of {}", field(key)), "a text");
    }
    result.push_back(is_set(item) ? item.Scalar() : std::string());
  }
  return result;
}

bool KubeconfigFields::boolean(std::string_view key) const {
  const auto value = node(key);
  if (!is_set(value)) return false;
  bool result = false;
  const bool is_quoted = value.Tag() == "!";
  if (!value.IsScalar() || is_quoted || !YAML::convert<bool>::decode(value, result)) {
    throw unreadable(kubeconfig_name(*file_), field(key) + " is neither true nor false",
                     yaml_place(value.Mark()));
  }
  return result;
}

std::string KubeconfigFields::path(std::string_view key) const {
  auto path = text(key);
  const auto folder_end = file_->rfind('/');
  if (path.empty() || path.front() == '/' || folder_end == std::string::npos) return path;
  return file_->substr(0, folder_end + 1) + path;
}

KubeconfigFields KubeconfigFields::map(std::string_view key) const {
  return {node(key), *file_, field(key)};
}

std::vector<KubeconfigFields> KubeconfigFields::maps(std::string_view key) const {
  std::vector<KubeconfigFields> result;
  const auto list = node(key);
  if (!is_set(list)) return result;
  if (!list.IsSequence()) throw mismatch(list, field(key), "a list");
  for (const YAML::Node& item : list) {
    result.emplace_back(item, *file_, fmt::format("an entry of {}", field(key)));
  }
  return result;
}

std::vector<std::string> KubeconfigFields::keys() const {
  std::vector<std::string> names;
  if (!map_.IsMap()) return names;
  for (const auto& pair : map_) {
    if (pair.first.IsScalar() && pair.first.Scalar() != "<<") names.push_back(pair.first.Scalar());
  }
  return names;
}

std::string KubeconfigFields::field(std::string_view key) const {
  return what_.empty() ? std::string(key) : fmt::format("{} of {}", key, what_);
}

core::Error KubeconfigFields::mismatch(const YAML::Node& found, const std::string& what,
                                       std::string_view expected) const {
  return unreadable(kubeconfig_name(*file_),
                    fmt::format("{} is {}, where {} is expected", what.empty() ? "it" : what,
                                describe(found), expected),
                    yaml_place(found.Mark()), what.empty() ? "is it a kubeconfig?" : "");
}

}  // namespace podreg::k8s
