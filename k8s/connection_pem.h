// A certificate or key as a kubeconfig and the command line have it: as a file or as base64.
#pragma once

#include <optional>
#include <string>

namespace podreg::k8s {

// Where one stands; neither path nor base64 when there is none.
struct PemSetting {
  std::string what;  // for messages
  std::string path;
  std::string base64;

  bool is_set() const { return !path.empty() || !base64.empty(); }
};

struct Pem {
  std::string text;
  std::string what;  // for messages, with the path
};

// The flag --FIELD when it is given, else the data, else the path, of FIELD in `owner`.
PemSetting pem_setting(const char* field, const std::optional<std::string>& flag,
                       const std::string& path, const std::string& base64,
                       const std::string& owner);

// Reads one that is set. Throws Error(invalid_data) when it cannot be read; whether it is PEM is
// not checked.
Pem load_pem(const PemSetting& setting);

}  // namespace podreg::k8s
