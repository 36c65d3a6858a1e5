// A value of a kubeconfig that is passed on as it is, as JSON.
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>

namespace podreg::k8s {

// JSON on one line, in the order of the YAML; "null" for what is absent. Scalars without quotes are
// null, a boolean or a number where Go's decoder has them so; numbers that JSON cannot write as
// they stand (0x10, .inf) stay texts. `what` names the value in messages. Throws
// Error(invalid_data): more than 64 KiB or 64 levels, which also ends aliases that go in circles, a
// key that is not a text, or a merge key.
std::string json_of(const YAML::Node& node, const std::string& what);

}  // namespace podreg::k8s
