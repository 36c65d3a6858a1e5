#include "k8s/exec_credential.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/tls_identity.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using testing::Not;
using tests::caught;

constexpr const char* kV1 = "client.authentication.k8s.io/v1";

std::string answer(const std::string& status, const std::string& version = kV1) {
  return R"({"kind":"ExecCredential","apiVersion":")" + version + R"(","status":)" + status + "}";
}

// As it stands in JSON.
std::string quoted(const std::string& pem) {
  std::string text = "\"";
  for (const char c : pem) text += c == '\n' ? std::string("\\n") : std::string(1, c);
  return text + "\"";
}

ExecAnswer read(const std::string& text) { return read_exec_answer(text, kV1, "the plugin"); }

tests::Caught refused(const std::string& text) {
  return caught([&] { read(text); });
}

TEST(ExecInfo, SaysWhetherTheUserMayBeAsked) {
  EXPECT_EQ(exec_info(kV1, false, {}),
            R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",)"
            R"("spec":{"interactive":false}})");
  EXPECT_EQ(exec_info("client.authentication.k8s.io/v1beta1", true, {}),
            R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1",)"
            R"("spec":{"interactive":true}})");
}

TEST(ExecInfo, DescribesTheCluster) {
  ExecCluster cluster;
  cluster.server = "https://h:6443";
  EXPECT_THAT(exec_info(kV1, false, cluster),
              HasSubstr(R"("spec":{"cluster":{"server":"https://h:6443","config":null},)"
                        R"("interactive":false})"));
  cluster.tls_server_name = "api";
  cluster.insecure_skip_tls_verify = true;
  cluster.ca_pem = "\xff\n";
  cluster.proxy_url = "socks5://p";
  cluster.disable_compression = true;
  cluster.config = R"({"audience":"a\"b"})";
  EXPECT_THAT(exec_info(kV1, false, cluster),
              HasSubstr(R"("cluster":{"server":"https://h:6443","tls-server-name":"api",)"
                        R"("insecure-skip-tls-verify":true,"certificate-authority-data":"/wo=",)"
                        R"("proxy-url":"socks5://p","disable-compression":true,)"
                        R"("config":{"audience":"a\"b"}})"));
}

TEST(ExecAnswer, ATokenIsEnough) {
  const auto read_back = read(answer(R"({"token":"abc"})"));
  EXPECT_EQ(read_back.credentials.token, "abc");
  EXPECT_EQ(read_back.credentials.client_cert_pem, "");
  EXPECT_FALSE(read_back.expires);
}

TEST(ExecAnswer, ACertificateWithItsKeyIsEnough) {
  const auto ann = tests::make_identity();
  const auto pair = R"("clientCertificateData":)" + quoted(ann.certificate) +
                    R"(,"clientKeyData":)" + quoted(ann.key);
  EXPECT_EQ(read(answer("{" + pair + "}")).credentials.client_cert_pem, ann.certificate);
  EXPECT_EQ(read(answer("{" + pair + "}")).credentials.client_key_pem, ann.key);
  EXPECT_EQ(read(answer("{\"token\":\"abc\"," + pair + "}")).credentials.token, "abc");
}

TEST(ExecAnswer, ItMayExpire) {
  const auto expires = [](const std::string& value) {
    return read(answer(R"({"token":"t","expirationTimestamp":)" + value + "}")).expires;
  };
  EXPECT_EQ(expires(R"("1970-01-01T00:01:00Z")")->time_since_epoch().count(), 60);
  EXPECT_FALSE(expires("null"));
  EXPECT_THAT(caught([&] { expires(R"("soon")"); }).message, HasSubstr("expirationTimestamp"));
}

TEST(ExecAnswer, OtherFieldsAreIgnored) {
  EXPECT_EQ(read(answer(R"({"token":"abc","x":[{}]})") + "\n").credentials.token, "abc");
}

TEST(ExecAnswer, NeitherTokenNorCertificateIsRefused) {
  for (const char* status : {"{}", R"({"token":""})", R"({"token":null})",
                             R"({"clientCertificateData":"","clientKeyData":""})"}) {
    EXPECT_THAT(refused(answer(status)).message, HasSubstr("neither a token nor a certificate"));
  }
  EXPECT_THAT(
      refused(R"({"kind":"ExecCredential","apiVersion":")" + std::string(kV1) + "\"}").message,
      HasSubstr("without a status"));
}

TEST(ExecAnswer, OneOfCertificateAndKeyIsRefusedEvenWithAToken) {
  const auto ann = tests::make_identity();
  EXPECT_THAT(
      refused(answer(R"({"token":"t","clientCertificateData":)" + quoted(ann.certificate) + "}"))
          .message,
      HasSubstr("no clientKeyData"));
  EXPECT_THAT(refused(answer(R"({"clientKeyData":)" + quoted(ann.key) + "}")).message,
              HasSubstr("no clientCertificateData"));
}

TEST(ExecAnswer, ACertificateOfAnotherKeyIsRefused) {
  const auto ann = tests::make_identity();
  const auto bob = tests::make_identity();
  EXPECT_THAT(refused(answer(R"({"clientCertificateData":)" + quoted(ann.certificate) +
                             R"(,"clientKeyData":)" + quoted(bob.key) + "}"))
                  .message,
              HasSubstr("does not belong to"));
  EXPECT_EQ(refused(answer(R"({"clientCertificateData":"x","clientKeyData":"y"})")).kind,
            ErrorKind::invalid_data);
}

TEST(ExecAnswer, TheApiVersionIsTheOneThatWasAskedFor) {
  EXPECT_THAT(refused(answer(R"({"token":"t"})", "client.authentication.k8s.io/v1beta1")).message,
              HasSubstr("of client.authentication.k8s.io/v1beta1, asked for one of client.auth"));
  EXPECT_THAT(refused(answer(R"({"token":"t"})", "")).message, HasSubstr("without an apiVersion"));
  EXPECT_THAT(refused(R"({"kind":"Pod","apiVersion":"v1"})").message,
              HasSubstr("kind is not ExecCredential"));
}

TEST(ExecAnswer, RubbishIsRefusedAndNeverShown) {
  const std::string rubbish[] = {"",
                                 " \n",
                                 "planted",
                                 "{\"planted\"",
                                 "[\"planted\"]",
                                 "null",
                                 R"({"kind":"planted"})",
                                 answer(R"(["planted"])"),
                                 answer(R"({"token":["planted"]})"),
                                 answer(R"({"token":"planted planted"})"),
                                 answer(R"({"token":"planted\r\nX: y"})"),
                                 answer(R"({"token":"t","expirationTimestamp":"planted"})"),
                                 answer(R"({"clientKeyData":"planted"})"),
                                 answer(R"({"token":"planted"})") + "planted",
                                 std::string(100'000, '[')};
  for (const auto& text : rubbish) {
    const auto error = refused(text);
    EXPECT_EQ(error.kind, ErrorKind::invalid_data) << text.substr(0, 100);
    EXPECT_THAT(error.message + error.hint, Not(HasSubstr("planted")));
    EXPECT_THAT(error.message, HasSubstr("the plugin"));
  }
}

}  // namespace
}  // namespace podreg::k8s
