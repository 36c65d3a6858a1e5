#include "k8s/pem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "tests/support/tls_identity.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using testing::Not;
using tests::caught;

const tests::TlsIdentity& ann() {
  static const auto identity = tests::make_identity();
  return identity;
}

const tests::TlsIdentity& bob() {
  static const auto identity = tests::make_identity();
  return identity;
}

std::string with_password(const std::string& pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> in(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  unsigned char password[] = "secret";
  PEM_write_bio_PrivateKey(out.get(), key.get(), EVP_aes_128_cbc(), password, 6, nullptr, nullptr);
  return tests::detail::text_of(out.get());
}

std::string damaged(std::string pem) {
  pem[pem.find('\n') + 10] = '!';
  return pem;
}

TEST(Pem, AKeyIsDecryptedWithItsPassword) {
  const auto key = decrypt_key(with_password(ann().key), "secret", "the key");
  check_key_pair(ann().certificate, "certificate", key, "key");
}

TEST(Pem, APasswordForAKeyThatHasNoneIsIgnored) {
  EXPECT_EQ(decrypt_key(ann().key, "secret", "the key"), ann().key);
}

TEST(Pem, AWrongPasswordIsSaidAndNotShown) {
  for (const auto& wrong : {std::string("geheim"), std::string(5000, 'g')}) {
    const auto error =
        caught([&] { decrypt_key(with_password(ann().key), wrong, "clientKeyFile"); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_data);
    EXPECT_THAT(error.message, HasSubstr("clientKeyFile cannot be decrypted: the passphrase"));
    EXPECT_THAT(error.message, Not(HasSubstr("geheim")));
  }
}

TEST(Pem, OneCertificateOrSeveralWithTextBetweenThemAreFine) {
  check_certificates(ann().certificate, "ca");
  check_certificates("# first\n" + ann().certificate + "# second\r\n" + bob().certificate, "ca");
}

TEST(Pem, TextWithoutACertificateIsRefused) {
  const auto error = caught([] { check_certificates("hello", "the CA"); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "the CA holds no certificate in PEM");
  EXPECT_EQ(caught([] { check_certificates("", "the CA"); }).message, "the CA is empty");
}

TEST(Pem, AKeyInPlaceOfACertificateIsCalledOne) {
  const auto error = caught([] { check_certificates(ann().key, "the CA"); });
  EXPECT_EQ(error.message, "the CA holds no certificate in PEM, but a PRIVATE KEY");
  EXPECT_EQ(error.hint, "are certificate and key exchanged?");
}

TEST(Pem, DerIsRecognised) {
  const auto error =
      caught([] { check_certificates(std::string("\x30\x82\x01\x02\x00\x01", 6), "the CA"); });
  EXPECT_THAT(error.hint, HasSubstr("DER"));
}

TEST(Pem, ADamagedCertificateAmongGoodOnesIsRefused) {
  const auto error =
      caught([] { check_certificates(ann().certificate + damaged(bob().certificate), "the CA"); });
  EXPECT_EQ(error.message, "the CA cannot be read: certificate 2 is damaged");
}

TEST(Pem, ACertificateThatIsCutShortIsRefused) {
  const auto& whole = ann().certificate;
  for (const std::size_t size : {whole.size() - 10, whole.size() / 2}) {
    const auto error = caught([&] { check_certificates(whole.substr(0, size), "the CA"); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  }
}

TEST(Pem, AKeyBelongsToItsCertificateOnly) {
  check_key_pair(ann().certificate, "cert", ann().key, "key");
  const auto error =
      caught([] { check_key_pair(ann().certificate, "cert", bob().key, "the key"); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "the key does not belong to cert");
}

TEST(Pem, CertificateAndKeyMayStandInOneFile) {
  check_key_pair(ann().certificate + ann().key, "cert", ann().certificate + ann().key, "key");
  check_key_pair(ann().key + ann().certificate, "cert", ann().key + ann().certificate, "key");
}

TEST(Pem, AKeyWithAPasswordIsRefusedAndNobodyIsAsked) {
  const auto key = with_password(ann().key);
  ASSERT_THAT(key, HasSubstr("ENCRYPTED"));
  const auto error = caught([&] { check_key_pair(ann().certificate, "cert", key, "the key"); });
  EXPECT_EQ(error.message, "the key is protected by a password");
}

TEST(Pem, ADamagedKeyIsRefusedWithoutShowingIt) {
  const auto error =
      caught([] { check_key_pair(ann().certificate, "cert", damaged(ann().key), "the key"); });
  EXPECT_EQ(error.message, "the key cannot be read: the private key is damaged");
}

TEST(Pem, ACertificateInPlaceOfAKeyIsCalledOne) {
  const auto error =
      caught([] { check_key_pair(ann().certificate, "cert", ann().certificate, "the key"); });
  EXPECT_EQ(error.message, "the key holds no private key in PEM, but a CERTIFICATE");
}

}  // namespace
}  // namespace podreg::k8s
