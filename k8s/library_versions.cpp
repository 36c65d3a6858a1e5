#include "k8s/library_versions.h"

#include <curl/curl.h>
#include <fmt/format.h>
#include <openssl/crypto.h>
#include <rapidjson/rapidjson.h>

namespace podreg::k8s {

std::vector<std::pair<std::string, std::string>> library_versions() {
  const auto* curl = ::curl_version_info(CURLVERSION_NOW);
  const auto or_none = [](const char* text) { return std::string(text ? text : "none"); };
  return {
      {"fmt",
       fmt::format("{}.{}.{}", FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100)},
      {"libcurl", or_none(curl->version)},
      {"libnghttp2", or_none(curl->nghttp2_version)},
      {"openssl", or_none(::OpenSSL_version(OPENSSL_VERSION_STRING))},
      {"rapidjson", RAPIDJSON_VERSION_STRING},
      {"zlib", or_none(curl->libz_version)},
  };
}

}  // namespace podreg::k8s
