#include "core/revision_text.h"

#include <openssl/evp.h>

#include <array>

#include "core/error.h"

namespace podreg::core {
namespace {

std::string md5(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_md5(), nullptr) != 1) {
    throw Error(ErrorKind::invalid_data,
                "this OpenSSL refuses MD5, of which Dubbo makes revisions");
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string hex;
  for (unsigned i = 0; i < size; ++i) {
    hex += kDigits[digest[i] >> 4U];
    hex += kDigits[digest[i] & 0xFU];
  }
  return hex;
}

}  // namespace

void RevisionText::begin_service(std::string_view key, int port,
                                 std::optional<std::string_view> path) {
  text_.append(key).append(std::to_string(port)).append(path.value_or("null")).append(1, '{');
  has_services_ = true;
  separator_ = {};
}

void RevisionText::add_parameter(std::string_view key, std::string_view value) {
  text_.append(separator_).append(key).append(1, '=').append(value);
  separator_ = ", ";
}

std::string RevisionText::revision() const { return has_services_ ? md5(text_) : "0"; }

std::string match_key(std::string_view group, std::string_view interface, std::string_view version,
                      std::string_view protocol) {
  std::string key;
  if (!group.empty()) key.append(group).append(1, '/');
  key.append(interface);
  if (!version.empty()) key.append(1, ':').append(version);
  if (!protocol.empty()) key.append(1, ':').append(protocol);
  return key;
}

}  // namespace podreg::core
