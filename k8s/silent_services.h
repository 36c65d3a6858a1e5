// Services whose ready addresses name no pod. Of those a registered pod of the selector tells
// whether they are Dubbo's (core/gather.h), so a snapshot keeps it although no address names it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/cluster.h"

namespace podreg::k8s {

// Not thread safe.
class SilentServices {
 public:
  using Key = std::pair<std::string, std::string>;  // namespace, name

  // Silent is who is so by Endpoints or, where there are any, by EndpointSlices. All must outlive
  // it.
  SilentServices(const std::map<Key, core::Service>& services,
                 const std::map<Key, core::Endpoints>& endpoints,
                 const std::map<Key, core::EndpointSlice>& slices);

  bool empty() const { return selectors_.empty(); }
  // Whether the pod, whose labels must be given, is registered and one of theirs.
  bool have(const core::PodView& pod) const;

 private:
  std::map<std::string_view, std::vector<const core::Labels*>> selectors_;  // by namespace
};

}  // namespace podreg::k8s
