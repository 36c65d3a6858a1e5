#include "k8s/kubeconfig.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/environment_of.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::caught;
using tests::environment_of;

const char* const kOrdinary = R"(
apiVersion: v1
kind: Config
current-context: prod
preferences: {colors: true}
clusters:
- name: prod
  cluster:
    server: https://10.0.0.1:6443
    certificate-authority-data: Q0E=
    tls-server-name: api.example
    extensions: [{name: x, extension: {}}]
- name: lab
  cluster: {server: "https://lab", certificate-authority: pki/ca.crt, proxy-url: "socks5://p",
            insecure-skip-tls-verify: true, disable-compression: true}
users:
- name: ann
  user: {client-certificate-data: Qw==, client-key-data: Sw==}
- name: bob
  user: {client-certificate: bob.crt, client-key: /keys/bob.key, token: abc, tokenFile: ../token}
contexts:
- name: prod
  context: {cluster: prod, user: ann, namespace: shop}
- name: lab
  context: {cluster: lab, user: bob}
)";

Kubeconfig parse(const std::string& text) { return parse_kubeconfig(text, "/etc/kube/config"); }

std::string token_of(const std::string& yaml) {
  return parse("users: [{name: a, user: {token: " + yaml + "}}]").users.at(0).token;
}

UserEntry user_of(const std::string& yaml) {
  return parse("users: [{name: a, user: " + yaml + "}]").users.at(0);
}

TEST(Kubeconfig, ClustersUsersAndContextsAreRead) {
  const auto read = parse(kOrdinary);
  EXPECT_EQ(read.current_context, "prod");
  EXPECT_EQ(read.current_context_file, "/etc/kube/config");
  ASSERT_EQ(read.clusters.size(), 2U);
  EXPECT_EQ(read.clusters[0].name, "prod");
  EXPECT_EQ(read.clusters[0].file, "/etc/kube/config");
  EXPECT_EQ(read.clusters[0].server, "https://10.0.0.1:6443");
  EXPECT_EQ(read.clusters[0].certificate_authority_data, "Q0E=");
  EXPECT_EQ(read.clusters[0].tls_server_name, "api.example");
  EXPECT_FALSE(read.clusters[0].insecure_skip_tls_verify);
  EXPECT_EQ(read.clusters[1].proxy_url, "socks5://p");
  EXPECT_TRUE(read.clusters[1].insecure_skip_tls_verify);
  EXPECT_FALSE(read.clusters[0].disable_compression);
  EXPECT_TRUE(read.clusters[1].disable_compression);
  ASSERT_EQ(read.users.size(), 2U);
  EXPECT_EQ(read.users[0].client_certificate_data, "Qw==");
  EXPECT_EQ(read.users[0].client_key_data, "Sw==");
  EXPECT_EQ(read.users[1].token, "abc");
  ASSERT_EQ(read.contexts.size(), 2U);
  EXPECT_EQ(read.contexts[0].cluster, "prod");
  EXPECT_EQ(read.contexts[0].user, "ann");
  EXPECT_EQ(read.contexts[0].ns, "shop");
  EXPECT_EQ(read.contexts[1].ns, "");
}

TEST(Kubeconfig, RelativePathsAreAgainstItsOwnFolder) {
  const auto read = parse(kOrdinary);
  EXPECT_EQ(read.clusters[1].certificate_authority, "/etc/kube/pki/ca.crt");
  EXPECT_EQ(read.users[1].client_certificate, "/etc/kube/bob.crt");
  EXPECT_EQ(read.users[1].client_key, "/keys/bob.key");
  EXPECT_EQ(read.users[1].token_file, "/etc/kube/../token");
  EXPECT_EQ(parse_kubeconfig(kOrdinary, "config").users[1].client_certificate, "bob.crt");
}

TEST(Kubeconfig, JsonIsReadAsWell) {
  const auto read = parse(R"({"kind":"Config","apiVersion":"v1","clusters":[{"name":"c",
    "cluster":{"server":"https://h","insecure-skip-tls-verify":true}}],"users":null,
    "contexts":[],"current-context":""})");
  ASSERT_EQ(read.clusters.size(), 1U);
  EXPECT_TRUE(read.clusters[0].insecure_skip_tls_verify);
  EXPECT_EQ(read.current_context_file, "");
}

TEST(Kubeconfig, TextsStayAsTheyAreWritten) {
  EXPECT_EQ(token_of("0123"), "0123");
  EXPECT_EQ(token_of("1e3"), "1e3");
  EXPECT_EQ(token_of("yes"), "yes");
  EXPECT_EQ(token_of("\"null\""), "null");
  EXPECT_EQ(token_of("~"), "");
  EXPECT_EQ(token_of("null"), "");
  EXPECT_EQ(parse("contexts: [{name: 1, context: {namespace: yes}}]").contexts.at(0).ns, "yes");
  EXPECT_EQ(parse("contexts: [{name: 007}]").contexts.at(0).name, "007");
}

TEST(Kubeconfig, AnchorsAliasesAndMergedMapsAreFollowed) {
  const auto read = parse(R"(
defaults: &defaults {server: "https://default", tls-server-name: api}
token: &token abc
clusters:
- {name: a, cluster: *defaults}
- {name: b, cluster: {<<: *defaults, server: "https://own"}}
- {name: c, cluster: {<<: [{server: "https://first"}, *defaults]}}
users: [{name: u, user: {token: *token}}]
)");
  EXPECT_EQ(read.clusters[0].server, "https://default");
  EXPECT_EQ(read.clusters[1].server, "https://own");
  EXPECT_EQ(read.clusters[1].tls_server_name, "api");
  EXPECT_EQ(read.clusters[2].server, "https://first");
  EXPECT_EQ(read.clusters[2].tls_server_name, "api");
  EXPECT_EQ(read.users[0].token, "abc");
}

TEST(Kubeconfig, MapsThatMergeThemselvesEnd) {
  const auto read = parse("clusters: [{name: a, cluster: &a {<<: *a, server: x}}]");
  EXPECT_EQ(read.clusters.at(0).server, "x");
  EXPECT_EQ(read.clusters.at(0).proxy_url, "");
}

TEST(Kubeconfig, BasicAuthenticationAndImpersonationAreRead) {
  const auto user = user_of(
      "{username: u, password: 0123, as: x, as-uid: 1, as-groups: [g, 'h i'],"
      " as-user-extra: {k: [v, w], l: []}}");
  EXPECT_EQ(user.username, "u");
  EXPECT_EQ(user.password, "0123");
  EXPECT_EQ(user.impersonation.user, "x");
  EXPECT_EQ(user.impersonation.uid, "1");
  EXPECT_THAT(user.impersonation.groups, ElementsAre("g", "h i"));
  ASSERT_EQ(user.impersonation.extra.size(), 2U);
  EXPECT_EQ(user.impersonation.extra[0].first, "k");
  EXPECT_THAT(user.impersonation.extra[0].second, ElementsAre("v", "w"));
  EXPECT_THAT(user.impersonation.extra[1].second, IsEmpty());
}

TEST(Kubeconfig, AnExecPluginIsReadAsItIsWritten) {
  const auto exec = user_of(R"({exec: {apiVersion: client.authentication.k8s.io/v1, command: aws,
      args: [--port, 8080, yes], env: [{name: A, value: 1}, {name: B}], installHint: "get it",
      provideClusterInfo: true, interactiveMode: Never, unknown: {}}})")
                        .exec;
  ASSERT_TRUE(exec);
  EXPECT_EQ(exec->api_version, "client.authentication.k8s.io/v1");
  EXPECT_EQ(exec->command, "aws");
  EXPECT_THAT(exec->args, ElementsAre("--port", "8080", "yes"));
  EXPECT_THAT(exec->env, ElementsAre(testing::Pair("A", "1"), testing::Pair("B", "")));
  EXPECT_EQ(exec->install_hint, "get it");
  EXPECT_TRUE(exec->provide_cluster_info);
  EXPECT_EQ(exec->interactive_mode, "Never");
}

TEST(Kubeconfig, APluginIsRelativeToTheFolderOnlyWithASlashInIt) {
  const auto command = [](const std::string& path) {
    return user_of("{exec: {command: '" + path + "'}}").exec->command;
  };
  EXPECT_EQ(command("plugin"), "plugin");
  EXPECT_EQ(command("./plugin"), "/etc/kube/./plugin");
  EXPECT_EQ(command("../bin/plugin"), "/etc/kube/../bin/plugin");
  EXPECT_EQ(command("/bin/plugin"), "/bin/plugin");
}

TEST(Kubeconfig, FieldsOfAPluginThatAreOfTheWrongTypeAreRefused) {
  for (const char* exec : {"x", "[x]", "{args: x}", "{args: [{}]}", "{env: [x]}", "{env: {a: b}}",
                           "{provideClusterInfo: maybe}", "{command: []}"}) {
    const auto error = caught([&] { user_of("{exec: " + std::string(exec) + "}"); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_data) << exec;
    EXPECT_THAT(error.message, HasSubstr("exec of user \"a\"")) << exec;
  }
}

TEST(Kubeconfig, EmptyFieldsAreAsGoodAsNone) {
  const auto user =
      user_of("{exec: null, auth-provider: null, username: '', as-groups: [], as-user-extra: {}}");
  EXPECT_FALSE(user.exec);
  EXPECT_FALSE(user.auth_provider);
  EXPECT_TRUE(user.impersonation.is_empty());
  const auto listed = user_of("{exec: {args: null, env: null}}");
  EXPECT_THAT(listed.exec->args, IsEmpty());
  EXPECT_EQ(user_of("{auth-provider: {name: gcp, config: {}}}").auth_provider, "gcp");
}

TEST(Kubeconfig, TextWithoutContentHasNoEntries) {
  for (const char* text : {"", "\n", "# only a comment\n", "---\n", "null", "{}"}) {
    EXPECT_TRUE(parse(text).is_empty()) << text;
  }
}

TEST(Kubeconfig, TextThatIsNotYamlNamesFileLineAndColumn) {
  const auto error = caught([] { parse("clusters:\n- name: [a\n"); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("kubeconfig /etc/kube/config: is not valid YAML: "));
  EXPECT_THAT(error.message, testing::ContainsRegex("at line [23], column [0-9]+$"));
}

TEST(Kubeconfig, AMessageAboutYamlQuotesNothing) {
  for (const char* text :
       {"token: *planted-secret", "a: \"\\planted\"", "%YAML planted-secret\n---",
        "a: !<planted-secret", "a: &planted-secret b: c", "{token: planted-secret",
        "a: \"\\xplanted-secret\"", "a: 'planted-secret", "a: b: planted-secret",
        "? [planted-secret"}) {
    const auto error = caught([&] { parse(text); });
    EXPECT_THAT(error.message, Not(HasSubstr("planted"))) << text;
    EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  }
}

TEST(Kubeconfig, DeeplyNestedTextIsRefused) {
  for (const char* open : {"[", "{a: ", "- ", "? "}) {
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += open;
    const auto error = caught([&] { parse(text); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_data);
    EXPECT_THAT(error.message, HasSubstr("kubeconfig /etc/kube/config: "));
  }
}

TEST(Kubeconfig, AnotherKindOfObjectIsNamed) {
  const auto error = caught([] { parse("{apiVersion: v1, kind: Pod}"); });
  EXPECT_EQ(error.message, "kubeconfig /etc/kube/config: is a Pod, not a kubeconfig");
  EXPECT_THAT(caught([] { parse("{apiVersion: v2, kind: Config}"); }).message, HasSubstr("v2"));
  EXPECT_EQ(
      caught([] { parse("hello"); }).message,
      "kubeconfig /etc/kube/config: it is a text, where a map is expected, at line 1, column 1");
  EXPECT_THAT(caught([] { parse("[a]"); }).message, HasSubstr("it is a list"));
}

TEST(Kubeconfig, AFieldOfTheWrongTypeNamesItsEntryAndPlace) {
  EXPECT_EQ(caught([] { parse("users:\n- name: ann\n  user:\n    token: [planted]\n"); }).message,
            "kubeconfig /etc/kube/config: token of user \"ann\" is a list, where a text is "
            "expected, at line 4, column 12");
  EXPECT_THAT(caught([] { parse("users: {ann: {}}"); }).message,
              HasSubstr("users is a map, where a list is expected"));
  EXPECT_THAT(caught([] { parse("users: [planted]"); }).message,
              HasSubstr("an entry of users is a text, where a map is expected"));
  EXPECT_THAT(caught([] { parse("users: [{name: a, user: planted}]"); }).message,
              HasSubstr("user \"a\" is a text, where a map is expected"));
  EXPECT_THAT(caught([] {
                parse("clusters: [{name: a, cluster: {insecure-skip-tls-verify: maybe}}]");
              }).message,
              HasSubstr("insecure-skip-tls-verify of cluster \"a\" is neither true nor false"));
  EXPECT_THAT(caught([] {
                parse("clusters: [{name: a, cluster: {insecure-skip-tls-verify: \"true\"}}]");
              }).message,
              HasSubstr("insecure-skip-tls-verify of cluster \"a\" is neither true nor false"));
}

TEST(Kubeconfig, ANameTwiceInOneListIsRefused) {
  const auto error = caught([] { parse("contexts: [{name: a}, {name: b}, {name: a}]"); });
  EXPECT_THAT(error.message, HasSubstr("contexts holds \"a\" twice, at line 1, column 34"));
}

TEST(KubeconfigFiles, TheFlagComesBeforeTheVariableBeforeTheHomeFolder) {
  const auto environment = environment_of({{"KUBECONFIG", "/a:/b::/a"}, {"HOME", "/home/ann"}});
  const auto by_flag = find_kubeconfig("/x", environment);
  EXPECT_THAT(by_flag.paths, ElementsAre("/x"));
  EXPECT_TRUE(by_flag.must_exist);
  const auto by_variable = find_kubeconfig("", environment);
  EXPECT_THAT(by_variable.paths, ElementsAre("/a", "/b"));
  EXPECT_FALSE(by_variable.must_exist);
  EXPECT_EQ(by_variable.named_by, "$KUBECONFIG");
  EXPECT_THAT(find_kubeconfig("", environment_of({{"HOME", "/home/ann"}})).paths,
              ElementsAre("/home/ann/.kube/config"));
  EXPECT_THAT(find_kubeconfig("", environment_of({{"KUBECONFIG", ""}, {"HOME", "/h"}})).paths,
              ElementsAre("/h/.kube/config"));
  EXPECT_THAT(find_kubeconfig("", environment_of({})).paths, IsEmpty());
}

TEST(KubeconfigFiles, OfSeveralFilesTheFirstWinsForEachName) {
  const tests::TemporaryFolder folder;
  const auto first = folder.write(
      "first",
      "{clusters: [{name: c, cluster: {server: first}}], users: [{name: u, user: {token: t}}]}");
  const auto second = folder.write("sub/second",
                                   "current-context: two\n"
                                   "clusters: [{name: c, cluster: {server: second, proxy-url: p}},"
                                   " {name: d, cluster: {certificate-authority: ca.crt}}]");
  const auto third = folder.write("third", "current-context: three");
  const auto read =
      load_kubeconfig({{first, folder.path("missing"), second, third}, "$KUBECONFIG", false});
  EXPECT_THAT(read.files, ElementsAre(first, second, third));
  EXPECT_EQ(read.current_context, "two");
  EXPECT_EQ(read.current_context_file, second);
  ASSERT_EQ(read.clusters.size(), 2U);
  EXPECT_EQ(read.clusters[0].server, "first");
  EXPECT_EQ(read.clusters[0].proxy_url, "");
  EXPECT_EQ(read.clusters[1].certificate_authority, folder.path("sub/ca.crt"));
}

TEST(KubeconfigFiles, ANamedFileThatIsMissingIsAnError) {
  const tests::TemporaryFolder folder;
  const auto path = folder.path("missing");
  const auto error = caught([&] { load_kubeconfig({{path}, "--kubeconfig", true}); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "the kubeconfig: cannot read " + path + ": No such file or directory");
  EXPECT_EQ(error.hint, "--kubeconfig names this file");
}

TEST(KubeconfigFiles, AFileThatExistsAndCannotBeReadIsAnErrorInAListToo) {
  const tests::TemporaryFolder folder;
  const auto error = caught([&] { load_kubeconfig({{folder.path()}, "$KUBECONFIG", false}); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("Is a directory"));
}

TEST(KubeconfigFiles, AFileThatIsTooLargeIsRefused) {
  const tests::TemporaryFolder folder;
  const auto path = folder.write("large", std::string((std::size_t{8} << 20) + 1, '#'));
  const auto error = caught([&] { load_kubeconfig({{path}, "--kubeconfig", true}); });
  EXPECT_EQ(error.message, "the kubeconfig: " + path + " is larger than 8 MiB");
}

}  // namespace
}  // namespace podreg::k8s
