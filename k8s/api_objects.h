// The objects of the registry as an API server has them, read at one moment where it can.
//
// One list for each resource; those of named Services are asked for by name. The first list comes
// as the server has it now, all others at the same time as they were at its version
// (resourceVersionMatch=Exact). A server that refuses to look back (400, 410, 422, 504) gives them
// as they are. Pods come in full, in JSON: their specification is no metadata.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/registry_objects.h"
#include "k8s/api_requests.h"
#include "k8s/connection.h"
#include "k8s/object_collection.h"

namespace podreg::k8s {

class ApiObjects final : public core::ObjectsReader {
 public:
  // Does not connect yet. Throws Error(invalid_data) when the server's address cannot be used.
  explicit ApiObjects(Connection connection, ApiOptions options = {});

  core::RegistryObjects read(const core::ObjectsQuery& query) override;

 private:
  // The version of the list; nothing when the user may not read it, which `unread` then says.
  std::optional<std::string> read_list(ApiAnswer asked, ObjectCollection& collection);

  ApiRequests requests_;
};

}  // namespace podreg::k8s
