// What `-o name` calls the URL of a provider.
#pragma once

#include <string>

#include "core/url_derivation.h"

namespace podreg::output {

// "pod/shop-order-0"; of a URL that was typed, whose pod nobody knows, the URL.
std::string name_of(const core::DerivedUrl& url);

// The same for two URLs of one pod, and for no others: pods of the same name in two namespaces are
// two.
std::string identity_of(const core::DerivedUrl& url);

}  // namespace podreg::output
