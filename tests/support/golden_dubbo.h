// What a real Dubbo sent, as it stands in tests/golden/dubbo.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>

namespace podreg::tests {

// The bytes of a file, "raw-3.2.6/raw-meta.req.bin".
inline std::string golden_dubbo(const std::string& name) {
  std::ifstream file(std::string(PODREG_SOURCE_DIR) + "/tests/golden/dubbo/" + name,
                     std::ios::binary);
  if (!file) throw std::runtime_error("no golden file " + name);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace podreg::tests
