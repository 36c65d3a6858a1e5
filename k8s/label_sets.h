// Label sets that are kept once, however many objects have them.
#pragma once

#include <memory>
#include <set>

#include "core/kubernetes.h"

namespace podreg::k8s {

// Not thread safe. What it hands out may outlive it.
class LabelSets {
 public:
  using Shared = std::shared_ptr<const core::Labels>;

  // The set that is equal to this one, which is kept when there is none yet.
  Shared share(const Shared& labels) { return *sets_.insert(labels).first; }

 private:
  struct ByContent {
    bool operator()(const Shared& a, const Shared& b) const { return *a < *b; }
  };

  std::set<Shared, ByContent> sets_;
};

}  // namespace podreg::k8s
