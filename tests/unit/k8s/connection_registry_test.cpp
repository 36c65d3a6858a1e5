// A registry URL over a kubeconfig or the ServiceAccount, and flags over both.

#include "k8s/connection_registry.h"

#include <gmock/gmock.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>

#include "core/percent.h"
#include "k8s/server_address.h"
#include "tests/unit/k8s/connection_fixture.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using testing::Not;
using tests::caught;

std::string encrypted(const std::string& pem, const std::string& password) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> in(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
      PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), BIO_free);
  PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_128_cbc(), password.data(),
                                static_cast<int>(password.size()), nullptr, nullptr);
  return tests::detail::text_of(out.get());
}

class RegistryTest : public tests::ConnectionTest {
 protected:
  void registry(const std::string& parameters, const std::string& address = "api:6443") {
    overrides_.registry = core::RegistryUrl::parse("kubernetes://" + address + "?" + parameters);
  }
};

TEST_F(RegistryTest, NeedsNoKubeconfig) {
  registry("namespace=prod&oauthToken=abc");
  const auto connection = resolve();
  EXPECT_EQ(connection.server, "https://api:6443");
  EXPECT_EQ(connection.ns, "prod");
  EXPECT_EQ(connection.credentials->current().token, "abc");
}

TEST_F(RegistryTest, WhatItDoesNotSayComesFromTheKubeconfig) {
  configure(std::string(tests::kServerField) + ", tls-server-name: other, " +
                "certificate-authority-data: " + tests::base64(bob_.certificate),
            "token: abc", ", namespace: shop");
  registry("");
  const auto connection = resolve();
  EXPECT_EQ(connection.server, "https://api:6443");
  EXPECT_EQ(connection.tls_server_name, "");
  EXPECT_EQ(connection.ca_pem, bob_.certificate);
  EXPECT_EQ(connection.credentials->current().token, "abc");
  EXPECT_EQ(connection.ns, "shop");
}

TEST_F(RegistryTest, InAPodWhatItDoesNotSayComesFromTheServiceAccount) {
  folder_.write("sa/token", "abc");
  folder_.write("sa/ca.crt", bob_.certificate);
  folder_.write("sa/namespace", "shop");
  environment_ = tests::environment_of({{"HOME", folder_.path()},
                                        {"KUBERNETES_SERVICE_HOST", "10.0.0.1"},
                                        {"KUBERNETES_SERVICE_PORT", "443"}});
  registry("", "DEFAULT_MASTER_HOST");
  const auto connection = resolve_connection("", overrides_, environment_, folder_.path("sa"));
  EXPECT_EQ(connection.server, "https://kubernetes.default.svc");
  EXPECT_EQ(connection.ca_pem, bob_.certificate);
  EXPECT_EQ(connection.credentials->current().token, "abc");
  EXPECT_EQ(connection.ns, "shop");
}

TEST_F(RegistryTest, DataIsBase64OfPemOrPemAndStaysInMemory) {
  auto unpadded = tests::base64(ann_.key);
  unpadded.resize(unpadded.find_last_not_of('=') + 1);
  registry("caCertData=" + core::percent_encode(tests::base64(bob_.certificate)) +
           "&clientCertData=" + core::percent_encode(ann_.certificate) +
           "&clientKeyData=" + unpadded);
  const auto connection = resolve();
  EXPECT_EQ(connection.ca_pem, bob_.certificate);
  EXPECT_EQ(connection.credentials->current().client_cert_pem, ann_.certificate);
  EXPECT_EQ(connection.credentials->current().client_key_pem, ann_.key);
}

TEST_F(RegistryTest, FilesAreReadAndWinOverTheKubeconfigsData) {
  configure(std::string(tests::kServerField) +
                ", certificate-authority-data: " + tests::base64(ann_.certificate),
            "client-certificate-data: " + tests::base64(ann_.certificate) +
                ", client-key-data: " + tests::base64(ann_.key));
  registry("caCertFile=" + folder_.write("ca", bob_.certificate) +
           "&clientCertFile=" + folder_.write("crt", bob_.certificate) +
           "&clientKeyFile=" + folder_.write("key", bob_.key));
  const auto connection = resolve();
  EXPECT_EQ(connection.ca_pem, bob_.certificate);
  EXPECT_EQ(connection.credentials->current().client_key_pem, bob_.key);
}

TEST_F(RegistryTest, AKeyIsDecryptedWithThePassphrase) {
  const auto certificate = "&clientCertFile=" + folder_.write("crt", ann_.certificate) +
                           "&clientKeyFile=" + folder_.write("key", encrypted(ann_.key, "geheim")) +
                           "&clientKeyAlgo=EC";
  registry("clientKeyPassphrase=geheim" + certificate);
  EXPECT_THAT(resolve().credentials->current().client_key_pem, HasSubstr("BEGIN PRIVATE KEY"));

  registry("clientKeyPassphrase=falsch" + certificate);
  const auto error = refused();
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message,
            "clientKeyFile of --registry (" + folder_.path("key") +
                ") cannot be decrypted: the passphrase is wrong, or the private key is damaged");
}

TEST_F(RegistryTest, TrustCertsWinsOverEveryCa) {
  configure(std::string(tests::kServerField) + ", certificate-authority: /missing", "");
  registry("trustCerts=true&caCertFile=/missing");
  const auto connection = resolve();
  EXPECT_TRUE(connection.insecure_skip_tls_verify);
  EXPECT_EQ(connection.ca_pem, "");
}

TEST_F(RegistryTest, TrustCertsFalseChecksWhatTheKubeconfigWouldNot) {
  configure(std::string(tests::kServerField) + ", insecure-skip-tls-verify: true", "");
  registry("trustCerts=false");
  EXPECT_FALSE(resolve().insecure_skip_tls_verify);
  registry("");
  EXPECT_TRUE(resolve().insecure_skip_tls_verify);
}

TEST_F(RegistryTest, ACaInTheUrlIsUsedWhateverTheKubeconfigSkips) {
  configure(std::string(tests::kServerField) + ", insecure-skip-tls-verify: true", "");
  registry("caCertFile=" + folder_.write("ca", bob_.certificate));
  const auto connection = resolve();
  EXPECT_FALSE(connection.insecure_skip_tls_verify);
  EXPECT_EQ(connection.ca_pem, bob_.certificate);
}

TEST_F(RegistryTest, FlagsWinOverAllOfIt) {
  registry("namespace=prod&oauthToken=abc&trustCerts=true&httpsProxy=p:1&noProxy=api");
  overrides_.server = "https://flag:1";
  overrides_.token = "def";
  overrides_.ns = "shop";
  overrides_.certificate_authority = folder_.write("ca", bob_.certificate);
  overrides_.proxy_url = "http://q:2";
  const auto connection = resolve();
  EXPECT_EQ(connection.server, "https://flag:1");
  EXPECT_EQ(connection.credentials->current().token, "def");
  EXPECT_EQ(connection.ns, "shop");
  EXPECT_EQ(connection.ca_pem, bob_.certificate);
  EXPECT_FALSE(connection.insecure_skip_tls_verify);
  EXPECT_THAT(connection.proxy_url, HasSubstr("q:2"));
  EXPECT_EQ(connection.no_proxy, "");
}

TEST_F(RegistryTest, AUserNameAndAPasswordWinOverEveryToken) {
  configure(tests::kServerField, "token: abc");
  registry("username=ann&password=x%26y&oauthToken=def");
  const auto credentials = resolve().credentials->current();
  EXPECT_EQ(credentials.username, "ann");
  EXPECT_EQ(credentials.password, "x&y");
  EXPECT_EQ(credentials.token, "");
}

TEST_F(RegistryTest, AUserNameWithoutAPasswordIsRefused) {
  registry("username=ann");
  const auto error = refused();
  EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_EQ(error.message, "--registry: username and password need each other");
}

TEST_F(RegistryTest, ATokenReplacesThePluginOfTheKubeconfig) {
  configure(tests::kServerField,
            "exec: {apiVersion: client.authentication.k8s.io/v1, command: /missing, "
            "interactiveMode: Never}");
  registry("oauthToken=abc");
  EXPECT_EQ(resolve().credentials->current().token, "abc");
}

TEST_F(RegistryTest, TheProxyOfTheServersSchemeIsUsed) {
  registry(
      "httpsProxy=https://proxy:3128/&httpProxy=other:1&proxyUsername=ann&proxyPassword=a%20b");
  EXPECT_EQ(resolve().proxy_url, "http://ann:a%20b@proxy:3128");
  registry("httpsProxy=ben:c@proxy:3128&proxyUsername=ann");
  EXPECT_EQ(resolve().proxy_url, "http://ben:c@proxy:3128");
  registry("httpsProxy=proxy:1&httpProxy=other:1&useHttps=false");
  EXPECT_EQ(resolve().proxy_url, "http://other:1");
  registry("httpProxy=other:1&noProxy=.svc,10.0.0.0/8");
  EXPECT_EQ(resolve().proxy_url, "");
  EXPECT_EQ(resolve().no_proxy, ".svc,10.0.0.0/8");
}

TEST_F(RegistryTest, AProxyWithoutAPortIsRefusedAsInDubbo) {
  for (const char* proxy : {"http://ann:geheim@proxy", "[::1]"}) {
    registry(std::string("httpsProxy=") + proxy);
    EXPECT_EQ(refused().message, "--registry: httpsProxy has no port");
  }
}

TEST_F(RegistryTest, OverPlainHttpOnlyItsOwnCredentialsAreSent) {
  configure(tests::kServerField, "token: abc");
  registry("useHttps=false", "127.0.0.1:80");
  EXPECT_EQ(resolve().server, "http://127.0.0.1:80");
  EXPECT_EQ(resolve().credentials->current().token, "");
  EXPECT_TRUE(resolve().credentials_unused);
  registry("useHttps=false&oauthToken=def", "127.0.0.1:80");
  EXPECT_EQ(resolve().credentials->current().token, "def");
}

TEST_F(RegistryTest, Http2DisableIsHttp1) {
  registry("http2Disable=true");
  EXPECT_TRUE(resolve().http1_only);
  registry("");
  EXPECT_FALSE(resolve().http1_only);
}

TEST_F(RegistryTest, WhatTunesDubbosClientMeansNothing) {
  registry(
      "apiVersion=v1&watchReconnectInterval=1&watchReconnectLimit=2&loggingInterval=3&"
      "clientKeyAlgo=RSA&backup=b:1");
  EXPECT_EQ(resolve().server, "https://api:6443");
}

TEST_F(RegistryTest, NoMessageShowsASecret) {
  for (const char* parameters : {"oauthToken=ge%20heim", "clientKeyAlgo=geheim",
                                 "clientKeyData=geheim&clientCertData=geheim", "caCertData=geheim",
                                 "password=geheim", "httpsProxy=geheim", "namespace=Geheim/",
                                 "httpsProxy=gopher://geheim:1", "httpsProxy=u:geheim@h:x"}) {
    registry(parameters);
    const auto error = refused();
    EXPECT_THAT(error.message + error.hint, Not(HasSubstr("eheim"))) << parameters;
  }
}

}  // namespace
}  // namespace podreg::k8s
