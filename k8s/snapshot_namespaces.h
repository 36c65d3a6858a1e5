// Which namespaces a snapshot has objects of: what is taken for the default, and what to say of the
// others.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace podreg::k8s {

// An object without a namespace is in "default", as for kubectl.
inline constexpr std::string_view kDefaultNamespace = "default";
void set_default_namespace(std::string& ns);

// Not thread safe.
class SnapshotNamespaces {
 public:
  // An object of any kind; a Service, or what belongs to one.
  void add(std::string_view ns);
  void add(const std::string& ns, const std::string& service);

  // A Service that nobody asks for, or what belongs to one. Only the first few thousand are kept.
  void add_other(const std::string& ns, const std::string& service);

  // The name nearest to this one of all Services in the namespace; without one, of all namespaces.
  // Empty when none is near.
  std::string nearest(const std::string& service, const std::optional<std::string>& ns) const;

  // The namespace to use when the user names none: the only one that there is, else "default".
  std::string default_namespace() const;

  // Sorted.
  std::vector<std::string> all() const { return {namespaces_.begin(), namespaces_.end()}; }
  std::vector<std::string> of(const std::string& service) const;

 private:
  std::set<std::string, std::less<>> namespaces_;
  std::map<std::string, std::set<std::string>> by_service_;
  std::set<std::pair<std::string, std::string>> others_;  // namespace and name
};

}  // namespace podreg::k8s
