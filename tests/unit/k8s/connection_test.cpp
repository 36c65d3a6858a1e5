#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "k8s/connection_resolve.h"
#include "tests/unit/k8s/connection_fixture.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using testing::Not;
using tests::base64;
using tests::ConnectionTest;
using tests::environment_of;

constexpr const char* kServer = tests::kServerField;

TEST_F(ConnectionTest, TheCurrentContextSaysServerIdentityAndNamespace) {
  configure(std::string(kServer) + ", tls-server-name: api", "token: abc", ", namespace: shop");
  const auto connection = resolve();
  EXPECT_EQ(connection.server, "https://h:6443");
  EXPECT_EQ(connection.tls_server_name, "api");
  EXPECT_EQ(connection.credentials->current().token, "abc");
  EXPECT_EQ(connection.ns, "shop");
  EXPECT_EQ(connection.user, "ann");
  EXPECT_EQ(connection.origin, "context \"prod\" of " + config_);
  EXPECT_FALSE(connection.insecure_skip_tls_verify);
  EXPECT_FALSE(connection.credentials_unused);
}

TEST_F(ConnectionTest, CertificatesComeAsData) {
  configure(std::string(kServer) + ", certificate-authority-data: " + base64(bob_.certificate),
            "client-certificate-data: " + base64(ann_.certificate) +
                ", client-key-data: " + base64(ann_.key));
  const auto connection = resolve();
  EXPECT_EQ(connection.ca_pem, bob_.certificate);
  EXPECT_EQ(connection.credentials->current().client_cert_pem, ann_.certificate);
  EXPECT_EQ(connection.credentials->current().client_key_pem, ann_.key);
  EXPECT_EQ(connection.credentials->current().token, "");
}

TEST_F(ConnectionTest, CertificatesComeAsFilesBesideTheKubeconfig) {
  folder_.write(".kube/ca.crt", bob_.certificate);
  folder_.write(".kube/ann.pem", ann_.certificate + ann_.key);
  configure(std::string(kServer) + ", certificate-authority: ca.crt",
            "client-certificate: ann.pem, client-key: ann.pem");
  const auto connection = resolve();
  EXPECT_EQ(connection.ca_pem, bob_.certificate);
  EXPECT_EQ(connection.credentials->current().client_cert_pem, ann_.certificate + ann_.key);
}

TEST_F(ConnectionTest, DataWinsOverFiles) {
  configure(std::string(kServer) + ", certificate-authority: /missing, " +
                "certificate-authority-data: " + base64(bob_.certificate),
            "client-certificate: /missing, client-certificate-data: " + base64(ann_.certificate) +
                ", client-key: /missing, client-key-data: " + base64(ann_.key));
  EXPECT_EQ(resolve().ca_pem, bob_.certificate);
}

TEST_F(ConnectionTest, ContextThatIsMissingNamesTheOnesThereAreNearestFirst) {
  configure(kServer, "");
  overrides_.context = "prod-us";
  const auto error = refused();
  EXPECT_EQ(error.kind, ErrorKind::not_found);
  EXPECT_EQ(error.message, "context \"prod-us\" does not exist in kubeconfig " + config_);
  EXPECT_EQ(error.hint, "did you mean prod-eu? contexts there: prod-eu, prod, lab");
}

TEST_F(ConnectionTest, ACurrentContextThatIsMissingNamesTheOnesThereAre) {
  config_ = folder_.write(".kube/config", "{current-context: x, contexts: [{name: y}]}");
  const auto error = refused();
  EXPECT_EQ(error.kind, ErrorKind::not_found);
  EXPECT_EQ(error.message,
            "context \"x\", the current-context of kubeconfig " + config_ + ", does not exist");
  EXPECT_EQ(error.hint, "contexts there: y");
}

TEST_F(ConnectionTest, AContextThatNamesAMissingClusterIsInvalid) {
  config_ = folder_.write(".kube/config",
                          "{current-context: x, contexts: [{name: x, context: {cluster: gone}}],"
                          " clusters: [{name: here}]}");
  const auto error = refused();
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "context \"x\" of kubeconfig " + config_ +
                               " names the cluster \"gone\", which does not exist");
  EXPECT_EQ(error.hint, "clusters there: here");
}

TEST_F(ConnectionTest, AContextThatNamesAMissingUserIsInvalid) {
  config_ = folder_.write(".kube/config",
                          "{current-context: x, contexts: [{name: x, context: {user: gone}}]}");
  const auto error = refused();
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("names the user \"gone\", which does not exist"));
  EXPECT_EQ(error.hint, "it has no users");
}

TEST_F(ConnectionTest, AContextWithoutAUserIsAnonymous) {
  folder_.write(".kube/config",
                "{current-context: x, contexts: [{name: x, context: {cluster: c}}],"
                " clusters: [{name: c, cluster: {server: 'https://h'}}]}");
  EXPECT_EQ(resolve().credentials->current().token, "");
}

TEST_F(ConnectionTest, AClusterWithoutAServerIsInvalid) {
  configure("", "");
  EXPECT_EQ(refused().message, "cluster \"prod\" in " + config_ + " has no server");
}

TEST_F(ConnectionTest, NoCurrentContextListsWhatThereIs) {
  config_ = folder_.write(".kube/config", "contexts: [{name: a}, {name: b}]");
  const auto error = refused();
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "kubeconfig " + config_ + " has no current-context");
  EXPECT_EQ(error.hint, "name one with --context: a, b");
}

TEST_F(ConnectionTest, NothingConfiguredSaysWhereWasLooked) {
  const auto error = refused();
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "no cluster is configured: there is no " + folder_.path(".kube/config") +
                               ", and this is not a pod with a ServiceAccount");
  EXPECT_EQ(error.hint, "give --kubeconfig FILE, --server URL or --snapshot FILE");
  environment_ = environment_of({{"KUBECONFIG", "/none/a:/none/b"}});
  EXPECT_THAT(refused().message,
              HasSubstr("$KUBECONFIG names what is not there: /none/a, /none/b"));
  environment_ = environment_of({});
  EXPECT_THAT(refused().message, HasSubstr("$HOME is not set"));
}

TEST_F(ConnectionTest, AContextWithoutAnyKubeconfigIsNotFound) {
  overrides_.context = "prod";
  EXPECT_EQ(refused().kind, ErrorKind::not_found);
  EXPECT_EQ(refused().message, "context \"prod\" does not exist: there is no kubeconfig");
}

TEST_F(ConnectionTest, ServerAndTokenOfTheCommandLineNeedNoKubeconfig) {
  overrides_.server = "https://h:1/";
  overrides_.token = "abc";
  const auto connection = resolve();
  EXPECT_EQ(connection.server, "https://h:1");
  EXPECT_EQ(connection.credentials->current().token, "abc");
  EXPECT_EQ(connection.ns, "default");
  EXPECT_EQ(connection.origin, "the command line");
}

TEST_F(ConnectionTest, ClusterAndUserOfTheCommandLineStandOverTheContext) {
  folder_.write(".kube/config",
                "{current-context: x, contexts: [{name: x, context: {cluster: gone, user: gone}}],"
                " clusters: [{name: c, cluster: {server: 'https://c'}}],"
                " users: [{name: u, user: {token: t}}]}");
  overrides_.cluster = "c";
  overrides_.user = "u";
  EXPECT_EQ(resolve().server, "https://c");
  EXPECT_EQ(resolve().user, "u");
  overrides_.user = "uu";
  EXPECT_EQ(refused().kind, ErrorKind::not_found);
  EXPECT_EQ(refused().hint, "users there: u");
}

TEST_F(ConnectionTest, AServerOfTheCommandLineDropsTheTlsServerName) {
  configure(std::string(kServer) + ", tls-server-name: api", "token: abc");
  overrides_.server = "https://other";
  EXPECT_EQ(resolve().tls_server_name, "");
  EXPECT_EQ(resolve().credentials->current().token, "abc");
  overrides_.tls_server_name = "mine";
  EXPECT_EQ(resolve().tls_server_name, "mine");
}

TEST_F(ConnectionTest, SkippingVerificationTogetherWithACaIsRefused) {
  configure(std::string(kServer) + ", insecure-skip-tls-verify: true, certificate-authority: ca",
            "");
  EXPECT_EQ(refused().kind, ErrorKind::invalid_data);
  EXPECT_EQ(refused().message,
            "cluster \"prod\" in " + config_ +
                " has both insecure-skip-tls-verify and a certificate-authority");
  overrides_.insecure_skip_tls_verify = true;
  EXPECT_TRUE(resolve().insecure_skip_tls_verify);
  overrides_.certificate_authority = "ca";
  EXPECT_EQ(refused().kind, ErrorKind::usage);
}

TEST_F(ConnectionTest, ACaOfTheCommandLineTurnsVerificationOnAgain) {
  configure(std::string(kServer) + ", insecure-skip-tls-verify: true", "");
  overrides_.certificate_authority = folder_.write("ca.crt", ann_.certificate);
  EXPECT_FALSE(resolve().insecure_skip_tls_verify);
  EXPECT_EQ(resolve().ca_pem, ann_.certificate);
}

TEST_F(ConnectionTest, ACaThatIsNoneNamesClusterAndFile) {
  const auto path = folder_.write(".kube/ca.crt", "rubbish");
  configure(std::string(kServer) + ", certificate-authority: ca.crt", "");
  EXPECT_EQ(refused().kind, ErrorKind::invalid_data);
  EXPECT_EQ(refused().message, "certificate-authority of cluster \"prod\" in " + config_ + " (" +
                                   path + ") holds no certificate in PEM");
}

TEST_F(ConnectionTest, ACaThatIsMissingNamesClusterAndFile) {
  configure(std::string(kServer) + ", certificate-authority: ca.crt", "");
  EXPECT_EQ(refused().message, "certificate-authority of cluster \"prod\" in " + config_ +
                                   ": cannot read " + folder_.path(".kube/ca.crt") +
                                   ": No such file or directory");
}

TEST_F(ConnectionTest, DataThatIsNotBase64NamesTheUser) {
  configure(kServer, "client-certificate-data: '?', client-key-data: '?'");
  EXPECT_EQ(refused().message,
            "client-certificate-data of user \"ann\" in " + config_ + " is not base64");
}

TEST_F(ConnectionTest, ACertificateAndAKeyComeTogetherOrNotAtAll) {
  configure(kServer, "client-certificate: x");
  EXPECT_EQ(refused().message,
            "client-certificate of user \"ann\" in " + config_ + " comes without a client-key");
  configure(kServer, "client-key: x");
  EXPECT_EQ(refused().message,
            "client-key of user \"ann\" in " + config_ + " comes without a client-certificate");
  configure(kServer, "");
  overrides_.client_key = "x";
  EXPECT_EQ(refused().kind, ErrorKind::usage);
}

TEST_F(ConnectionTest, ACertificateOfTheCommandLineWinsOverData) {
  configure(kServer, "client-certificate-data: " + base64(ann_.certificate) +
                         ", client-key-data: " + base64(ann_.key));
  overrides_.client_certificate = folder_.write("bob.crt", bob_.certificate);
  EXPECT_THAT(refused().message, HasSubstr("does not belong to --client-certificate"));
  overrides_.client_key = folder_.write("bob.key", bob_.key);
  EXPECT_EQ(resolve().credentials->current().client_cert_pem, bob_.certificate);
  EXPECT_EQ(resolve().user, "");
}

TEST_F(ConnectionTest, TheTokensFileWinsOverTheTokenUnlessItCannotBeRead) {
  const auto path = folder_.write(".kube/token", "from-file\n");
  configure(kServer, "token: inline, tokenFile: token");
  EXPECT_EQ(resolve().credentials->current().token, "from-file");
  folder_.remove(".kube/token");
  EXPECT_EQ(resolve().credentials->current().token, "inline");
  configure(kServer, "tokenFile: token");
  EXPECT_EQ(refused().message, "tokenFile of user \"ann\" in " + config_ + ": cannot read " + path +
                                   ": No such file or directory");
}

TEST_F(ConnectionTest, ATokenOfTheCommandLineWinsOverTheUsersFile) {
  folder_.write(".kube/token", "from-file");
  configure(kServer, "tokenFile: token");
  overrides_.token = "flag";
  EXPECT_EQ(resolve().credentials->current().token, "flag");
  overrides_.token.reset();
  overrides_.token_file = folder_.write("other", " other\n");
  EXPECT_EQ(resolve().credentials->current().token, "other");
  overrides_.token = "flag";
  EXPECT_EQ(refused().kind, ErrorKind::usage);
}

TEST_F(ConnectionTest, ATokenThatCannotStandInAHeaderIsRefused) {
  for (const char* token :
       {"\"a\\nb\"", "\"a\\n\"", "a b", "\"a\\x01\"", "\"a\\x7f\"", "\"a\\tb\""}) {
    configure(kServer, std::string("token: ") + token);
    EXPECT_EQ(refused().kind, ErrorKind::invalid_data) << token;
    EXPECT_THAT(refused().message, HasSubstr("token of user \"ann\"")) << token;
  }
  configure(kServer, "");
  overrides_.token_file = folder_.write("token", "a\nX-Header: b\n");
  EXPECT_THAT(refused().message, HasSubstr("--token-file"));
}

TEST_F(ConnectionTest, ExecIsLeftAloneBesideATokenAsInClientGo) {
  configure(kServer, "token: abc, exec: {command: x}");
  EXPECT_EQ(resolve().credentials->current().token, "abc");
}

TEST_F(ConnectionTest, OverPlainHttpTheKubeconfigsCredentialsAreNeitherReadNorSent) {
  configure("server: 'http://h', certificate-authority: /missing",
            "token: abc, client-certificate: /missing, exec: {command: x}");
  const auto connection = resolve();
  EXPECT_EQ(connection.server, "http://h");
  EXPECT_EQ(connection.credentials->current().token, "");
  EXPECT_EQ(connection.credentials->current().client_cert_pem, "");
  EXPECT_TRUE(connection.credentials_unused);
  overrides_.token = "mine";
  EXPECT_EQ(resolve().credentials->current().token, "mine");
}

TEST_F(ConnectionTest, TheNamespaceIsCheckedWhereverItComesFrom) {
  configure(kServer, "", ", namespace: a/b");
  EXPECT_EQ(refused().kind, ErrorKind::invalid_data);
  EXPECT_THAT(refused().message, HasSubstr("\"a/b\", the namespace of context \"prod\""));
  overrides_.ns = "../x";
  EXPECT_EQ(refused().kind, ErrorKind::usage);
  overrides_.ns = "shop";
  EXPECT_EQ(resolve().ns, "shop");
}

TEST_F(ConnectionTest, EmptyFlagsAreAsGoodAsNone) {
  configure(kServer, "token: abc", ", namespace: shop");
  overrides_.context = overrides_.cluster = overrides_.user = overrides_.server = "";
  overrides_.token = overrides_.token_file = overrides_.ns = overrides_.tls_server_name = "";
  overrides_.client_certificate = overrides_.client_key = overrides_.certificate_authority = "";
  EXPECT_EQ(resolve().credentials->current().token, "abc");
  EXPECT_EQ(resolve().ns, "shop");
}

TEST_F(ConnectionTest, NoMessageHoldsASecret) {
  const std::string secret = "planted";
  const auto encoded = base64("planted");
  const std::string users[] = {
      "token: 'planted planted'",
      "token: [planted]",
      "client-certificate-data: " + encoded + ", client-key-data: " + encoded,
      "client-certificate-data: " + base64(ann_.certificate) + ", client-key-data: " + encoded,
      "client-certificate-data: 'planted!', client-key-data: 'planted!'",
      "token: planted, username: planted, password: planted",
      "exec: {command: planted, env: [{name: planted, value: planted}]}",
      "auth-provider: {config: {id-token: planted}}"};
  for (const auto& user : users) {
    configure(kServer, user);
    const auto error = refused();
    const auto text = error.message + error.hint;
    EXPECT_THAT(text, Not(HasSubstr(secret))) << user;
    EXPECT_THAT(text, Not(HasSubstr(encoded))) << user;
  }
  configure("server: 'https://planted:planted@h'", "");
  EXPECT_THAT(refused().message + refused().hint, Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace podreg::k8s
