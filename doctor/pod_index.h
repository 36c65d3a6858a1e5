// The pods of a registry by what Services ask for: a selector, or a name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/registry_objects.h"

namespace podreg::doctor {

// Finds the pods of a selector without looking at all pods, so that the time for all Services grows
// with the pods alone. May be used from several threads once it is made.
class PodIndex {
 public:
  // The objects must outlive it and stay as they are; pods sorted by namespace, then name.
  explicit PodIndex(const core::RegistryObjects& objects);

  // The pods of the namespace that the selector matches, by name; an empty one matches all.
  std::vector<const core::PodObject*> select(std::string_view ns,
                                             const core::Labels& selector) const;

  // nullptr when there is none.
  const core::PodObject* find(std::string_view ns, std::string_view name) const;

  // All pods of the namespace.
  std::vector<const core::PodObject*> of(std::string_view ns) const;

 private:
  using Places = std::vector<std::uint32_t>;

  const std::vector<core::PodObject>& pods_;
  std::unordered_map<std::size_t, Places> by_pair_;  // by the hash of namespace, key and value
};

}  // namespace podreg::doctor
