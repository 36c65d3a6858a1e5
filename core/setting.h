// One setting of the connection, for people who ask where it comes from.
#pragma once

#include <string>
#include <string_view>

namespace podreg::core {

// What stands in place of a secret.
inline constexpr std::string_view kMasked = "<masked>";

struct Setting {
  std::string name;    // as in a kubeconfig: "server", "certificate-authority", "as-groups"
  std::string value;   // `<masked>` for a secret
  std::string source;  // "--server", `cluster "prod" in FILE`, "default"
  std::string sha256;  // hex, of the PEM text of certificates as it is used; else empty
  std::string error;   // why a file of it cannot be read; else empty
};

}  // namespace podreg::core
