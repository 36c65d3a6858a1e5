// Who asks: what kubeconfig and command line come to, mostly as client-go's own tests have it
// (tools/clientcmd: client_config_test.go, validation_test.go).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/unit/k8s/connection_fixture.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using tests::base64;

class IdentityTest : public tests::ConnectionTest {
 protected:
  void user(const std::string& fields) { configure(tests::kServerField, fields); }
  Credentials credentials() const { return resolve().credentials->current(); }
};

TEST_F(IdentityTest, UserNameAndPasswordAreTaken) {
  user("username: ann, password: pass");
  EXPECT_EQ(credentials().username, "ann");
  EXPECT_EQ(credentials().password, "pass");
  EXPECT_EQ(credentials().token, "");
}

TEST_F(IdentityTest, APasswordAndACertificateAreBothUsed) {
  user("username: ann, client-certificate-data: " + base64(ann_.certificate) +
       ", client-key-data: " + base64(ann_.key));
  EXPECT_EQ(credentials().username, "ann");
  EXPECT_EQ(credentials().client_cert_pem, ann_.certificate);
}

TEST_F(IdentityTest, ATokenAndAPasswordInOneUserAreRefused) {
  for (const char* fields :
       {"token: t, username: u", "token: t, password: p", "tokenFile: missing, username: u"}) {
    user(fields);
    EXPECT_EQ(refused().kind, ErrorKind::invalid_data) << fields;
    EXPECT_THAT(refused().message, HasSubstr("has both a token and a username")) << fields;
  }
}

TEST_F(IdentityTest, APasswordWithoutAUserNameIsRefused) {
  user("password: pass");
  EXPECT_EQ(refused().kind, ErrorKind::invalid_data);
  EXPECT_THAT(refused().message, HasSubstr("has a password without a username"));
}

// Which kubeconfig keeps a secret that is used and can be read by everybody, if any.
class ExposureTest : public IdentityTest {
 protected:
  std::string exposed(const std::string& fields, std::filesystem::perms perms) {
    user(fields);
    std::filesystem::permissions(config_, perms);
    return resolve().exposed_kubeconfig;
  }

  static constexpr auto kOwner =
      std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;
  static constexpr auto kEverybody = kOwner | std::filesystem::perms::others_read;
};

TEST_F(ExposureTest, AKubeconfigWithASecretThatEverybodyCanReadIsNamed) {
  const auto key = "client-certificate-data: " + base64(ann_.certificate) +
                   ", client-key-data: " + base64(ann_.key);
  for (const auto& fields :
       {std::string("token: t"), std::string("username: u, password: p"), key}) {
    EXPECT_EQ(exposed(fields, kEverybody), config_) << fields;
    EXPECT_EQ(exposed(fields, kOwner), "") << fields;
  }
}

TEST_F(ExposureTest, AFileWithoutASecretOrWithOneThatIsNotUsedIsNot) {
  EXPECT_EQ(exposed("", kEverybody), "");
  EXPECT_EQ(exposed("as: carl", kEverybody), "");
  overrides_.token = "other";
  EXPECT_EQ(exposed("token: t", kEverybody), "");
}

TEST_F(IdentityTest, ATokenOfTheCommandLineReplacesThePassword) {
  user("username: ann, password: pass");
  overrides_.token = "abc";
  EXPECT_EQ(credentials().token, "abc");
  EXPECT_EQ(credentials().username, "");
  EXPECT_EQ(credentials().password, "");
}

TEST_F(IdentityTest, APasswordOfTheCommandLineReplacesTheToken) {
  user("token: abc");
  overrides_.username = "bob";
  EXPECT_EQ(credentials().token, "");
  EXPECT_EQ(credentials().username, "bob");
}

TEST_F(IdentityTest, UserNameAndPasswordOfTheCommandLineAreMergedOneByOne) {
  user("username: ann, password: pass");
  overrides_.username = "bob";
  EXPECT_EQ(credentials().username, "bob");
  EXPECT_EQ(credentials().password, "pass");
  overrides_.username.reset();
  overrides_.password = "other";
  EXPECT_EQ(credentials().username, "ann");
  EXPECT_EQ(credentials().password, "other");
}

TEST_F(IdentityTest, ATokenAndAPasswordOnTheCommandLineAreRefused) {
  user("");
  overrides_.password = "p";
  overrides_.token = "t";
  EXPECT_EQ(refused().kind, ErrorKind::usage);
  overrides_.token.reset();
  overrides_.token_file = "t";
  EXPECT_EQ(refused().kind, ErrorKind::usage);
}

TEST_F(IdentityTest, AnAuthProviderIsRefusedWithWhatReplacesIt) {
  for (const auto& [name, replacement] :
       {std::pair{"gcp", "gke-gcloud-auth-plugin"}, std::pair{"azure", "(kubelogin)"},
        std::pair{"oidc", "kubectl oidc-login"}, std::pair{"other", "the cluster's provider"}}) {
    user(std::string("auth-provider: {name: ") + name + "}");
    EXPECT_EQ(refused().kind, ErrorKind::invalid_data);
    EXPECT_EQ(refused().message, "user \"ann\" in " + config_ + " has the auth-provider \"" + name +
                                     "\"; Kubernetes has replaced those by exec plugins");
    EXPECT_THAT(refused().hint, HasSubstr(replacement));
  }
  overrides_.token = "abc";
  EXPECT_EQ(credentials().token, "abc");
}

TEST_F(IdentityTest, ImpersonationComesFromTheUser) {
  user("token: abc, as: jane, as-uid: 7, as-groups: [a, b], as-user-extra: {k: [v]}");
  const auto impersonation = resolve().impersonation;
  EXPECT_EQ(impersonation.user, "jane");
  EXPECT_EQ(impersonation.uid, "7");
  EXPECT_THAT(impersonation.groups, ElementsAre("a", "b"));
  EXPECT_EQ(impersonation.extra.at(0).first, "k");
  EXPECT_EQ(credentials().token, "abc");
}

TEST_F(IdentityTest, ImpersonationOfTheCommandLineReplacesFieldByField) {
  user("token: abc, as: jane, as-uid: 7, as-groups: [a, b], as-user-extra: {k: [v]}");
  overrides_.as = "joe";
  EXPECT_EQ(resolve().impersonation.user, "joe");
  EXPECT_THAT(resolve().impersonation.groups, ElementsAre("a", "b"));
  overrides_.as_groups = {"c"};
  overrides_.as_uid = "8";
  EXPECT_THAT(resolve().impersonation.groups, ElementsAre("c"));
  EXPECT_EQ(resolve().impersonation.uid, "8");
  EXPECT_EQ(resolve().impersonation.extra.size(), 1U);
}

TEST_F(IdentityTest, ImpersonatingGroupsWithoutAUserIsRefused) {
  user("token: abc, as-groups: [a]");
  EXPECT_EQ(refused().kind, ErrorKind::invalid_data);
  EXPECT_EQ(refused().message,
            "user \"ann\" in " + config_ + " impersonates a uid, groups or extra without a user");
  user("token: abc");
  overrides_.as_groups = {"a"};
  EXPECT_EQ(refused().kind, ErrorKind::usage);
  overrides_.as_groups = {};
  overrides_.as_uid = "1";
  EXPECT_EQ(refused().kind, ErrorKind::usage);
}

TEST_F(IdentityTest, ImpersonationStaysWithATokenOfTheCommandLineAndOverPlainHttp) {
  user("as: jane");
  overrides_.token = "abc";
  EXPECT_EQ(resolve().impersonation.user, "jane");
  configure("server: 'http://h'", "as: jane");
  EXPECT_EQ(resolve().impersonation.user, "jane");
}

TEST_F(IdentityTest, OverPlainHttpOnlyAPasswordOfTheCommandLineIsUsed) {
  configure("server: 'http://h'", "username: ann, password: pass");
  EXPECT_EQ(credentials().username, "");
  EXPECT_TRUE(resolve().credentials_unused);
  overrides_.username = "bob";
  EXPECT_EQ(credentials().username, "bob");
  EXPECT_EQ(credentials().password, "");
}

TEST_F(IdentityTest, TheProxyIsTheClustersUnlessTheCommandLineNamesOne) {
  configure(std::string(tests::kServerField) + ", proxy-url: 'socks5://p'", "");
  EXPECT_EQ(resolve().proxy_url, "socks5h://p:1080");
  overrides_.server = "https://other";
  EXPECT_EQ(resolve().proxy_url, "socks5h://p:1080");
  overrides_.proxy_url = "http://q:3128";
  EXPECT_EQ(resolve().proxy_url, "http://q:3128");
  overrides_.proxy_url = "ftp://q";
  EXPECT_THAT(refused().message, HasSubstr("proxy-url of the command line"));
}

TEST_F(IdentityTest, AProxyThatIsNoneNamesTheCluster) {
  configure(std::string(tests::kServerField) + ", proxy-url: 'p:3128'", "");
  EXPECT_EQ(refused().kind, ErrorKind::invalid_data);
  EXPECT_THAT(refused().message, HasSubstr("proxy-url of cluster \"prod\" in " + config_));
}

TEST_F(IdentityTest, CompressionCanBeDisabledForACluster) {
  user("");
  EXPECT_FALSE(resolve().disable_compression);
  configure(std::string(tests::kServerField) + ", disable-compression: true", "");
  EXPECT_TRUE(resolve().disable_compression);
}

}  // namespace
}  // namespace podreg::k8s
