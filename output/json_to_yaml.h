// A JSON value as YAML.
#pragma once

#include <yaml-cpp/emitter.h>

#include <string_view>

namespace podreg::output {

// Writes the value in YAML's flow style, on one line however deep it is. `json` must be well formed
// (compact_json says so).
void write_json_as_yaml(YAML::Emitter& yaml, std::string_view json);

}  // namespace podreg::output
