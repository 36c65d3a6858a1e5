#include "rpc/big_integer.h"

#include <openssl/bn.h>

#include <cstdint>
#include <memory>
#include <new>
#include <vector>

namespace podreg::rpc::hessian2 {
namespace {

constexpr std::size_t kMostWords = std::size_t{16} << 10;

struct Free {
  void operator()(BIGNUM* number) const { BN_free(number); }
  void operator()(char* text) const { OPENSSL_free(text); }
};

std::optional<std::vector<unsigned char>> bytes_of(const Value& words) {
  if (words.kind() != Kind::list || words.size() > kMostWords) return std::nullopt;
  std::vector<unsigned char> bytes;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words.item(i).kind() != Kind::integer) return std::nullopt;
    const auto word = static_cast<std::uint32_t>(words.item(i).integer());
    for (const int shift : {24, 16, 8, 0}) {
      bytes.push_back(static_cast<unsigned char>(word >> shift & 0xff));
    }
  }
  return bytes;
}

}  // namespace

std::optional<std::string> big_integer_text(const Value& value) {
  const auto sign = value.member("signum");
  const auto words = value.member("mag");
  if (!sign || sign->kind() != Kind::integer || !words) return std::nullopt;
  const auto bytes = bytes_of(*words);
  if (!bytes) return std::nullopt;
  const std::unique_ptr<BIGNUM, Free> number(
      BN_bin2bn(bytes->data(), static_cast<int>(bytes->size()), nullptr));
  if (!number) throw std::bad_alloc();
  BN_set_negative(number.get(), sign->integer() < 0 ? 1 : 0);
  const std::unique_ptr<char, Free> text(BN_bn2dec(number.get()));
  if (!text) throw std::bad_alloc();
  return std::string(text.get());
}

}  // namespace podreg::rpc::hessian2
