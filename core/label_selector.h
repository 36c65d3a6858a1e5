// A label selector as kubectl's -l takes it.
//
// Format: k8s.io/apimachinery/pkg/labels: `a=b`, `a==b`, `a!=b`, `a`, `!a`, `a in (b,c)`,
// `a notin (b,c)`, with commas between.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/kubernetes.h"

namespace podreg::core {

class LabelSelector {
 public:
  // Throws Error(usage) that quotes what is not understood.
  static LabelSelector parse(std::string_view text);

  bool matches(const Labels& labels) const;

 private:
  struct Requirement {
    std::string label;
    bool negated = false;             // != and notin, and !a
    bool any_value = false;           // a, !a
    std::vector<std::string> values;  // one of them
  };
  static Requirement parse_requirement(std::string_view text);
  static bool holds(const Requirement& requirement, const Labels& labels);

  std::vector<Requirement> requirements_;
};

}  // namespace podreg::core
