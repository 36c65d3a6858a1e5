// What a connection comes down to, setting by setting, and where each one is from. Connects to
// nothing and runs nothing.
#pragma once

#include <vector>

#include "core/setting.h"
#include "k8s/connection_selection.h"

namespace podreg::k8s {

// Those that are set, in a fixed order. A certificate's value is its path, or NAME-data; that of an
// exec plugin its command. What signs in over https only is left out when the server is http, as
// connect() leaves it out. Throws nothing for files that cannot be read.
std::vector<core::Setting> settings_of(const Selection& selection);

}  // namespace podreg::k8s
