#include "k8s/connection_pem.h"

#include <fmt/format.h>

#include "core/base64.h"
#include "k8s/connection_file.h"

namespace podreg::k8s {

PemSetting pem_setting(const Selection& selection, const char* field, const std::string& path,
                       const std::string& base64) {
  const bool of_kubeconfig_data = !base64.empty() && !selection.is_replaced(field);
  const auto what = selection.what(of_kubeconfig_data ? fmt::format("{}-data", field) : field);
  return base64.empty() ? PemSetting{what, path, {}} : PemSetting{what, {}, base64};
}

Pem load_pem(const PemSetting& setting) {
  if (!setting.base64.empty())
    return {core::decode_base64(setting.base64, setting.what), setting.what};
  return {read_connection_file(setting.path, setting.what, kLargestCredential),
          fmt::format("{} ({})", setting.what, setting.path)};
}

}  // namespace podreg::k8s
