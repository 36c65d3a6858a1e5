// One map of a kubeconfig, with sentences about what is wrong in it. Only kubeconfig_parse.cpp uses
// it.
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace podreg::k8s {

// "kubeconfig FILE" and "line 3, column 5", for messages; the latter is empty for no place.
std::string kubeconfig_name(const std::string& file);
std::string yaml_place(const YAML::Mark& mark);

// Whether there is a value, and it is not null.
bool is_set(const YAML::Node& node);

// All functions throw Error(invalid_data), with file, line and column, when a field is of another
// type than is asked for. A field that is absent is empty, or false.
class KubeconfigFields {
 public:
  // `what` names the map in messages (`user "ann"`); empty for the outermost one. The file's name
  // must outlive it.
  KubeconfigFields(const YAML::Node& map, const std::string& file, std::string what);

  // Undefined when it is absent. The last of equal keys counts, and then what YAML's merge key
  // brings, as in Go's decoder.
  YAML::Node node(std::string_view key) const;

  // Whether it is there, and neither null nor empty.
  bool has(std::string_view key) const;

  // The scalar as it is written, whatever YAML would take it for: 0123 and yes stay texts.
  std::string text(std::string_view key) const;

  // A list of them.
  std::vector<std::string> texts(std::string_view key) const;

  bool boolean(std::string_view key) const;

  // A path relative to the kubeconfig's own folder.
  std::string path(std::string_view key) const;

  // A map in it.
  KubeconfigFields map(std::string_view key) const;

  // The maps of a list; none when it is absent.
  std::vector<KubeconfigFields> maps(std::string_view key) const;

  // The names of what it has, merge keys apart, in order.
  std::vector<std::string> keys() const;

  // "token of user "ann"".
  std::string field(std::string_view key) const;

  core::Error mismatch(const YAML::Node& found, const std::string& what,
                       std::string_view expected) const;

 private:
  YAML::Node map_;
  const std::string* file_;
  std::string what_;
};

}  // namespace podreg::k8s
