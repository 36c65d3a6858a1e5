#include "k8s/connection_pem.h"

#include <fmt/format.h>

#include "k8s/connection_file.h"
#include "k8s/pem.h"

namespace podreg::k8s {

PemSetting pem_setting(const char* field, const std::optional<std::string>& flag,
                       const std::string& path, const std::string& base64,
                       const std::string& owner) {
  if (flag && !flag->empty()) return {fmt::format("--{}", field), *flag, {}};
  if (!base64.empty()) return {fmt::format("{}-data of {}", field, owner), {}, base64};
  return {fmt::format("{} of {}", field, owner), path, {}};
}

Pem load_pem(const PemSetting& setting) {
  if (!setting.base64.empty()) return {decode_base64(setting.base64, setting.what), setting.what};
  return {read_connection_file(setting.path, setting.what, kLargestCredential),
          fmt::format("{} ({})", setting.what, setting.path)};
}

}  // namespace podreg::k8s
