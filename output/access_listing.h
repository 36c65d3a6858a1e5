// What `podreg config check` prints.
#pragma once

#include <string>
#include <vector>

#include "core/access.h"
#include "output/column_table.h"
#include "output/listing.h"

namespace podreg::output {

class AccessListing : public Listing {
 public:
  // `ns` is empty for all namespaces, `user` when the server does not say.
  AccessListing(std::vector<core::Access> accesses, std::string ns, std::string user);

  std::string_view kind() const override { return "AccessList"; }
  std::size_t size() const override { return accesses_.size(); }
  std::vector<Column> columns() const override;
  std::string cell(std::size_t item, std::size_t column, Detail detail) const override;
  void write_item(std::size_t item, Emitter& emitter) const override;

  // "list/endpointslices.discovery.k8s.io".
  std::string name(std::size_t item) const override;
  std::string identity(std::size_t item) const override { return name(item); }

  const std::vector<core::Warning>& warnings() const override { return warnings_; }
  std::string nothing_found() const override { return {}; }

 private:
  std::vector<core::Access> accesses_;
  std::string ns_;
  std::string user_;
  std::vector<core::Warning> warnings_;  // none
};

// A Role of the namespace, a ClusterRole when it is empty, as `kubectl apply` takes it:
// rbac.authorization.k8s.io/v1, named podreg.
void write_role(const std::vector<core::RoleRule>& rules, const std::string& ns, Emitter& emitter);

}  // namespace podreg::output
