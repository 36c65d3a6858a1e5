// Strings and keys in YAML that come back as the same strings from every reader; bytes that are not
// UTF-8 and noncharacters such as U+FFFF, which are not for exchange, as U+FFFD.
#pragma once

#include <yaml-cpp/emitter.h>

#include <string_view>

namespace podreg::output {

// Whether the text may stand without quotes: a word that begins with a letter and that no reader of
// YAML 1.1 or 1.2 takes for anything but a string. Rather says no.
bool is_plain_in_yaml(std::string_view text);

void write_yaml_string(YAML::Emitter& yaml, std::string_view text);

// A key of the map that is open.
void write_yaml_key(YAML::Emitter& yaml, std::string_view name);

}  // namespace podreg::output
