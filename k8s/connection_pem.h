// A certificate or key as it was selected: as a file or as base64.
#pragma once

#include <string>

#include "k8s/connection_selection.h"

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

// The data, else the path, of a field.
PemSetting pem_setting(const Selection& selection, const char* field, const std::string& path,
                       const std::string& base64);

// Reads one that is set. Throws Error(invalid_data) when it cannot be read; whether it is PEM is
// not checked.
Pem load_pem(const PemSetting& setting);

}  // namespace podreg::k8s
