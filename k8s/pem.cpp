#include "k8s/pem.h"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <cstddef>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

namespace {

struct Free {
  void operator()(BIO* bio) const { BIO_free(bio); }
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
using Bio = std::unique_ptr<BIO, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;

Error bad(const std::string& what, const std::string& why, const std::string& hint) {
  return {ErrorKind::invalid_data, fmt::format("{} {}", what, why), hint};
}

Bio open(const std::string& pem) {
  Bio bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  if (!bio) throw std::bad_alloc();
  return bio;
}

// OpenSSL would ask at the terminal. Notes that a password is needed, and gives none.
int no_password(char* /*buffer*/, int /*size*/, int /*writing*/, void* asked) {
  if (asked != nullptr) *static_cast<bool*>(asked) = true;
  return -1;
}

struct Password {
  const std::string& text;
  bool asked = false;
};

int give_password(char* buffer, int size, int /*writing*/, void* user) {
  auto& password = *static_cast<Password*>(user);
  password.asked = true;
  if (password.text.size() > static_cast<std::size_t>(size)) return -1;
  password.text.copy(buffer, password.text.size());
  return static_cast<int>(password.text.size());
}

// What the text is instead of what was expected, and what to do about it.
Error not_pem(const std::string& pem, const std::string& what, const std::string& expected) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  constexpr std::size_t kLongestLabel = 40;
  const auto wanted = fmt::format("holds no {} in PEM", expected);
  if (pem.empty()) return bad(what, "is empty", fmt::format("it must hold a {}", expected));
  const auto begin = pem.find(kBegin);
  if (begin == std::string::npos) {
    // A DER sequence of more than 127 bytes.
    const bool is_der = pem.size() > 2 && pem[0] == '\x30' && pem[1] == '\x82';
    return bad(what, wanted,
               is_der ? "it is DER; openssl x509 and openssl pkey convert it with -inform DER"
                      : "PEM begins with \"-----BEGIN\"");
  }
  const auto label = pem.substr(begin + kBegin.size(), kLongestLabel);
  const auto end = label.find("-----");
  const bool is_label = end != std::string::npos && label.find('\n') > end;
  if (!is_label) return bad(what, wanted, {});
  return bad(what, fmt::format("{}, but a {}", wanted, label.substr(0, end)),
             "are certificate and key exchanged?");
}

// Whether reading stopped because no further block of the kind is there, not because of a fault.
bool only_ended() {
  const auto error = ERR_peek_last_error();
  ERR_clear_error();
  return ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;
}

std::vector<Certificate> read_certificates(const std::string& pem, const std::string& what) {
  const Bio bio = open(pem);
  ERR_clear_error();
  std::vector<Certificate> certificates;
  while (X509* next = PEM_read_bio_X509(bio.get(), nullptr, no_password, nullptr)) {
    certificates.emplace_back(next);
  }
  if (!only_ended()) {
    throw bad(what,
              fmt::format("cannot be read: certificate {} is damaged", certificates.size() + 1),
              "write it again; openssl x509 -text shows what is in it");
  }
  if (certificates.empty()) throw not_pem(pem, what, "certificate");
  return certificates;
}

Key read_key(const std::string& pem, const std::string& what) {
  const Bio bio = open(pem);
  ERR_clear_error();
  bool password_needed = false;
  Key key(PEM_read_bio_PrivateKey(bio.get(), nullptr, no_password, &password_needed));
  const bool ended = only_ended();
  if (key) return key;
  if (password_needed) {
    throw bad(what, "is protected by a password", "openssl pkey -in FILE writes it without");
  }
  if (ended || pem.find("PRIVATE KEY-----") == std::string::npos) {
    throw not_pem(pem, what, "private key");
  }
  throw bad(what, "cannot be read: the private key is damaged", "write it again");
}

}  // namespace

std::string decrypt_key(const std::string& pem, const std::string& password,
                        const std::string& what) {
  const Bio in = open(pem);
  Password given{password};
  const Key key(PEM_read_bio_PrivateKey(in.get(), nullptr, give_password, &given));
  ERR_clear_error();
  if (!given.asked) return pem;
  if (!key) {
    throw bad(what, "cannot be decrypted: the passphrase is wrong, or the private key is damaged",
              {});
  }
  const Bio out(BIO_new(BIO_s_mem()));
  if (!out ||
      PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    throw std::bad_alloc();
  }
  char* data = nullptr;
  const auto size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

void check_certificates(const std::string& pem, const std::string& what) {
  read_certificates(pem, what);
}

void check_key_pair(const std::string& certificate_pem, const std::string& certificate,
                    const std::string& key_pem, const std::string& key) {
  const auto certificates = read_certificates(certificate_pem, certificate);
  const auto private_key = read_key(key_pem, key);
  const bool match = X509_check_private_key(certificates.front().get(), private_key.get()) == 1;
  ERR_clear_error();
  if (!match) {
    throw bad(key, fmt::format("does not belong to {}", certificate),
              "both must come from the same request for a certificate");
  }
}

}  // namespace podreg::k8s
