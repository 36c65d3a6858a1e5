// The names of the objects of one resource, for who only shows names, such as completion.
//
// Format: meta.k8s.io/v1 Table, which the server makes of a list for `kubectl get`:
// columnDefinitions and rows of cells; asked for with includeObject=None, so that a row is little
// more than a name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "k8s/api_call.h"
#include "k8s/api_cluster.h"
#include "k8s/transport.h"

namespace podreg::k8s {

inline constexpr ApiResource kNamespaces{"/api/v1", "", "namespaces", "namespace", "Namespace"};

struct ObjectName {
  std::string name;
  std::string note;  // of the column "Status", else "Type"; may be empty
};

class ObjectNames {
 public:
  // Does not connect yet. Throws Error(invalid_data) when the server's address cannot be used.
  explicit ObjectNames(Connection connection, ApiOptions options = {});

  // The first ones in the server's order, which is by name, no more than `most`; of all namespaces
  // without one. Throws Error: not_allowed, unreachable, invalid_data.
  std::vector<ObjectName> list(const ApiResource& resource, const std::optional<std::string>& ns,
                               int most);

 private:
  Transport transport_;
};

// Reads a Table. Throws Error(invalid_data) for what is none.
std::vector<ObjectName> parse_names_table(std::string_view json);

}  // namespace podreg::k8s
