#include "core/base64.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace podreg::core {

namespace {

[[noreturn]] void refuse(const std::string& what, const std::string& hint) {
  throw Error(ErrorKind::invalid_data, what + " is not base64", hint);
}

bool is_base64(std::string_view text) {
  if (text.size() % 4 != 0) return false;
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return std::ranges::all_of(text, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
  });
}

}  // namespace

std::string decode_base64(const std::string& text, const std::string& what) {
  std::string compact;
  std::ranges::copy_if(text, std::back_inserter(compact),
                       [](char c) { return c != '\n' && c != '\r'; });
  if (!is_base64(compact)) refuse(what, "base64 -w0 FILE writes it");
  // EVP_DecodeBlock counts the padding as bytes.
  const auto padding = compact.size() - std::min(compact.size(), compact.find_last_not_of('=') + 1);
  std::vector<unsigned char> bytes(compact.size() / 4 * 3);
  const std::vector<unsigned char> input(compact.begin(), compact.end());
  const int size = EVP_DecodeBlock(bytes.data(), input.data(), static_cast<int>(input.size()));
  if (size < 0) refuse(what, {});
  return {bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(padding)};
}

std::string encode_base64(const std::string& bytes) {
  const std::vector<unsigned char> input(bytes.begin(), bytes.end());
  std::vector<unsigned char> text((bytes.size() + 2) / 3 * 4 + 1);
  const int size = EVP_EncodeBlock(text.data(), input.data(), static_cast<int>(input.size()));
  return {text.begin(), text.begin() + size};
}

}  // namespace podreg::core
