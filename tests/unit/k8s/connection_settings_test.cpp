#include "k8s/connection_settings.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "tests/unit/k8s/connection_fixture.h"

namespace podreg::k8s {
namespace {

using core::Setting;
using testing::HasSubstr;
using testing::Not;

class SettingsTest : public tests::ConnectionTest {
 protected:
  std::vector<Setting> settings() const {
    return settings_of(resolve_selection("", overrides_, environment_, folder_.path("sa")));
  }

  // The one of that name; an empty one when there is none.
  Setting setting(const std::string& name) const {
    const auto all = settings();
    const auto found = std::ranges::find(all, name, &Setting::name);
    return found == all.end() ? Setting{} : *found;
  }
};

TEST_F(SettingsTest, EachIsFromTheEntryThatHoldsIt) {
  configure(tests::kServerField, "token: geheim, username: ''", ", namespace: shop");
  EXPECT_EQ(setting("server").value, "https://h:6443");
  EXPECT_EQ(setting("server").source, "cluster \"prod\" in " + config_);
  EXPECT_EQ(setting("token").value, core::kMasked);
  EXPECT_EQ(setting("token").source, "user \"ann\" in " + config_);
  EXPECT_EQ(setting("namespace").source, "context \"prod\" of " + config_);
  EXPECT_EQ(setting("context").source, "current-context of " + config_);
  EXPECT_EQ(setting("kubeconfig").value, config_);
  EXPECT_EQ(setting("kubeconfig").source, "default");
  EXPECT_EQ(setting("username").name, "");
}

TEST_F(SettingsTest, ReplacedOnesAreFromTheirFlagAndTakeOthersWithThem) {
  configure(std::string(tests::kServerField) + ", tls-server-name: api", "token: abc");
  overrides_.server = "https://other";
  overrides_.username = "ben";
  overrides_.password = "geheim";
  EXPECT_EQ(setting("server").source, "--server");
  EXPECT_EQ(setting("tls-server-name").name, "");
  EXPECT_EQ(setting("token").name, "");
  EXPECT_EQ(setting("username").value, "ben");
  EXPECT_EQ(setting("password").value, core::kMasked);
}

TEST_F(SettingsTest, ACertificateHasTheHashOfItsTextAndAKeyIsMasked) {
  configure(tests::kServerField, "client-certificate-data: " + tests::base64("abc") +
                                     ", client-key: " + folder_.write("key", "geheim"));
  const auto certificate = setting("client-certificate");
  EXPECT_EQ(certificate.value, "client-certificate-data");
  EXPECT_EQ(certificate.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(setting("client-key").value, core::kMasked);
  EXPECT_EQ(setting("client-key").sha256, "");
}

TEST_F(SettingsTest, AFileThatIsMissingIsAnErrorOfItsSettingAlone) {
  configure(std::string(tests::kServerField) + ", certificate-authority: gone", "token: abc");
  EXPECT_THAT(setting("certificate-authority").error, HasSubstr("gone"));
  EXPECT_EQ(setting("certificate-authority").sha256, "");
  EXPECT_EQ(setting("token").error, "");
}

TEST_F(SettingsTest, APluginIsNamedWhenItWouldBeRunAndNotOtherwise) {
  const std::string exec =
      "exec: {apiVersion: client.authentication.k8s.io/v1, command: sign-in, "
      "args: [--secret, geheim], interactiveMode: Never}";
  configure(tests::kServerField, exec);
  EXPECT_EQ(setting("exec").value, "sign-in");
  overrides_.token = "abc";
  EXPECT_EQ(setting("exec").name, "");
}

TEST_F(SettingsTest, InAPodTheyAreTheServiceAccounts) {
  folder_.write("sa/token", "geheim");
  environment_ = tests::environment_of({{"HOME", folder_.path()},
                                        {"KUBERNETES_SERVICE_HOST", "10.0.0.1"},
                                        {"KUBERNETES_SERVICE_PORT", "443"}});
  EXPECT_EQ(setting("server").source, "the in-cluster ServiceAccount");
  EXPECT_EQ(setting("token-file").value, folder_.path("sa/token"));
  EXPECT_EQ(setting("namespace").source, "default");
}

TEST_F(SettingsTest, WhatIsOfARegistryUrlSaysWhichParameter) {
  overrides_.registry = core::RegistryUrl::parse(
      "kubernetes://"
      "h:1?namespace=prod&oauthToken=geheim&caCertData=YWJj&clientKeyPassphrase=geheim");
  EXPECT_EQ(setting("server").source, "--registry");
  EXPECT_EQ(setting("token").source, "oauthToken of --registry");
  EXPECT_EQ(setting("certificate-authority").source, "caCertData of --registry");
  EXPECT_EQ(setting("client-key-passphrase").value, core::kMasked);
}

TEST_F(SettingsTest, OverPlainHttpWhatTheKubeconfigSignsInWithIsNotSent) {
  configure("server: 'http://127.0.0.1:80', certificate-authority: /gone", "token: abc");
  EXPECT_EQ(setting("token").name, "");
  EXPECT_EQ(setting("certificate-authority").name, "");
}

TEST_F(SettingsTest, NoSecretIsShownEvenOfAnAddressThatIsNone) {
  configure("server: 'https://ann:geheim@h:1/?t=geheim', proxy-url: 'http://u:geheim@p:1'",
            "token: geheim, password: geheim");
  for (const auto& one : settings()) {
    EXPECT_THAT(one.value + one.source + one.error, Not(HasSubstr("geheim"))) << one.name;
  }
}

}  // namespace
}  // namespace podreg::k8s
