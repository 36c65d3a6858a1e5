#include "k8s/in_cluster.h"

#include <gtest/gtest.h>

#include "k8s/connection_resolve.h"
#include "tests/support/tls_identity.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/environment_of.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using tests::caught;
using tests::environment_of;

// A pod without a kubeconfig, and its ServiceAccount's folder.
class InClusterTest : public testing::Test {
 protected:
  InClusterTest() {
    folder_.write("token", "abc\n");
    folder_.write("ca.crt", identity_.certificate);
    folder_.write("namespace", "shop\n");
  }

  Connection resolve(const Overrides& overrides = {}) const {
    return resolve_connection("", overrides, environment_, folder_.path());
  }

  tests::TlsIdentity identity_ = tests::make_identity();
  tests::TemporaryFolder folder_;
  Environment environment_ = environment_of({{"KUBERNETES_SERVICE_HOST", "10.96.0.1"},
                                             {"KUBERNETES_SERVICE_PORT", "443"},
                                             {"HOME", folder_.path("home")}});
};

TEST_F(InClusterTest, ServerCaTokenAndNamespaceAreThePods) {
  const auto connection = resolve();
  EXPECT_EQ(connection.server, "https://10.96.0.1:443");
  EXPECT_EQ(connection.ca_pem, identity_.certificate);
  EXPECT_EQ(connection.credentials->current().token, "abc");
  EXPECT_EQ(connection.ns, "shop");
  EXPECT_EQ(connection.origin, "the in-cluster ServiceAccount");
  EXPECT_EQ(connection.user, "");
}

TEST_F(InClusterTest, AnIpv6ServiceHostStandsInBrackets) {
  const auto found = find_in_cluster(environment_of(
      {{"KUBERNETES_SERVICE_HOST", "fd00::1"}, {"KUBERNETES_SERVICE_PORT", "6443"}}));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->server, "https://[fd00::1]:6443");
}

TEST_F(InClusterTest, WithoutTheServiceVariablesThisIsNoPod) {
  EXPECT_FALSE(find_in_cluster(environment_of({}), folder_.path()));
  EXPECT_FALSE(find_in_cluster(environment_of({{"KUBERNETES_SERVICE_HOST", "h"}}), folder_.path()));
  EXPECT_EQ(in_cluster_namespace(environment_of({}), folder_.path()), "");
}

TEST_F(InClusterTest, AMissingTokenIsAnErrorThatNamesTheFile) {
  folder_.remove("token");
  const auto error = caught([&] { resolve(); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message, "tokenFile of the in-cluster ServiceAccount: cannot read " +
                               folder_.path("token") + ": No such file or directory");
  EXPECT_EQ(error.hint, "does the pod have automountServiceAccountToken: false?");
}

TEST_F(InClusterTest, AnEmptyTokenIsAnError) {
  folder_.write("token", " \n");
  const auto error = caught([&] { resolve(); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message,
            "tokenFile of the in-cluster ServiceAccount: " + folder_.path("token") + " is empty");
}

TEST_F(InClusterTest, WithoutACaTheSystemsCertificatesAreUsed) {
  folder_.remove("ca.crt");
  EXPECT_EQ(resolve().ca_pem, "");
}

TEST_F(InClusterTest, ACaThatIsNoneIsAnError) {
  folder_.write("ca.crt", "nothing");
  EXPECT_EQ(caught([&] { resolve(); }).kind, ErrorKind::invalid_data);
}

TEST_F(InClusterTest, WithoutANamespaceItIsDefault) {
  folder_.remove("namespace");
  EXPECT_EQ(resolve().ns, "default");
}

TEST_F(InClusterTest, PodNamespaceComesBeforeTheServiceAccounts) {
  const auto environment = environment_of({{"KUBERNETES_SERVICE_HOST", "h"},
                                           {"KUBERNETES_SERVICE_PORT", "443"},
                                           {"POD_NAMESPACE", "other"}});
  EXPECT_EQ(resolve_connection("", {}, environment, folder_.path()).ns, "other");
}

TEST_F(InClusterTest, FlagsStandOverTheServiceAccount) {
  const auto other = tests::make_identity();
  Overrides overrides;
  overrides.token = "xyz";
  overrides.ns = "lab";
  overrides.certificate_authority = folder_.write("other.crt", other.certificate);
  const auto connection = resolve(overrides);
  EXPECT_EQ(connection.server, "https://10.96.0.1:443");
  EXPECT_EQ(connection.credentials->current().token, "xyz");
  EXPECT_EQ(connection.ns, "lab");
  EXPECT_EQ(connection.ca_pem, other.certificate);
}

TEST_F(InClusterTest, AnotherServerGetsNothingOfTheServiceAccount) {
  Overrides overrides;
  overrides.server = "https://elsewhere";
  const auto connection = resolve(overrides);
  EXPECT_EQ(connection.credentials->current().token, "");
  EXPECT_EQ(connection.ca_pem, "");
}

TEST_F(InClusterTest, AKubeconfigComesBeforeItAndTakesOnlyItsNamespace) {
  folder_.write("home/.kube/config",
                "{current-context: c, contexts: [{name: c, context: {cluster: k}}],"
                " clusters: [{name: k, cluster: {server: 'https://k'}}]}");
  const auto connection = resolve();
  EXPECT_EQ(connection.server, "https://k");
  EXPECT_EQ(connection.credentials->current().token, "");
  EXPECT_EQ(connection.ns, "shop");
}

TEST_F(InClusterTest, AKubeconfigWithoutAContextLeavesItToTheServiceAccount) {
  folder_.write("home/.kube/config", "");
  EXPECT_EQ(resolve().server, "https://10.96.0.1:443");
}

TEST_F(InClusterTest, AnEmptyKubeconfigThatIsNamedIsAnErrorEvenInAPod) {
  const auto path = folder_.write("empty", "");
  const auto error = caught([&] { resolve_connection(path, {}, environment_, folder_.path()); });
  EXPECT_EQ(error.message, "kubeconfig " + path + " is empty: no cluster, user or context");
}

}  // namespace
}  // namespace podreg::k8s
