package cluster

import (
	"os"
	"testing"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"
	"k8s.io/client-go/tools/clientcmd/api"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

// serveTo makes shop-order with one instance, and a kubeconfig with the token of a ServiceAccount
// that the rules allow things to.
func serveTo(t *testing.T, rules ...rbacv1.PolicyRule) (fixture.Namespace, string) {
	t.Helper()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	return namespace, operatorOf(t, namespace, rules...)
}

// operatorOf is the kubeconfig of a ServiceAccount of the namespace that the rules allow things to.
func operatorOf(t *testing.T, namespace fixture.Namespace, rules ...rbacv1.PolicyRule) string {
	t.Helper()
	return kubeconfigOf(t, namespace, state.Identity{Token: tokenOf(t, namespace, "operator", rules...)})
}

// tokenOf makes a ServiceAccount that the rules allow things to, and is a token of it.
func tokenOf(t *testing.T, namespace fixture.Namespace, account string, rules ...rbacv1.PolicyRule) string {
	t.Helper()
	_, err := namespace.ServiceAccount(t.Context(), account, rules...)
	must(t, err)
	token, err := namespace.Token(t.Context(), account, time.Hour)
	must(t, err)
	return plant(t, token)
}

// mustSeeOrder checks that whoever has the kubeconfig sees the instance that serveTo makes.
func mustSeeOrder(t *testing.T, kubeconfig string) {
	t.Helper()
	found := podreg(t, kubeconfig, "instances", "shop-order", "-o", "json").instances(t)
	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
}

func TestAServiceAccountThatMayOnlyReadSeesInstances(t *testing.T) {
	_, kubeconfig := serveTo(t, fixture.Reading...)

	mustSeeOrder(t, kubeconfig)
	slices := podreg(t, kubeconfig, append(fromSlices, "instances", "shop-order")...).instances(t)
	mustBe(t, endpoints(slices), []string{"shop-order-1 10.244.0.1:20880"})
	services := podreg(t, kubeconfig, "services", "-o", "json").services(t)
	if len(services.Items) != 1 || services.Items[0].Instances != 1 {
		t.Errorf("services: %+v", services.Items)
	}
}

func TestWhoMayDoNothingIsToldWhatIsMissing(t *testing.T) {
	namespace, kubeconfig := serveTo(t)

	ran := podreg(t, kubeconfig, "instances", "shop-order")

	ran.mustExit(t, 4, `"`+namespace.Name+`"`, "system:serviceaccount:"+namespace.Name+":operator")
	mustContainOneOf(t, ran.stderr, "get", "list")
	mustContainOneOf(t, ran.stderr, "endpoints", "services")
}

func TestWhoMayNotListPodsIsToldSo(t *testing.T) {
	namespace, kubeconfig := serveTo(t, rbacv1.PolicyRule{
		APIGroups: []string{""}, Resources: []string{"services", "endpoints"}, Verbs: []string{"get", "list"},
	})

	ran := podreg(t, kubeconfig, "instances", "shop-order")

	ran.mustExit(t, 4, "list", "pods", namespace.Name)
}

func TestWhoMayReadOneNamespaceMayNotReadAll(t *testing.T) {
	_, kubeconfig := serveTo(t, fixture.Reading...)

	ran := podreg(t, kubeconfig, "instances", "shop-order", "-A")

	ran.mustExit(t, 4, "list")
	mustContainOneOf(t, ran.stderr, "endpoints", "services", "pods")
}

func TestAClientCertificateIdentifiesAUser(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	must(t, namespace.AllowUser(t.Context(), "alice", fixture.Reading...))

	mustSeeOrder(t, kubeconfigOf(t, namespace, certificateOf(t, "alice")))
	podreg(t, kubeconfigOf(t, namespace, certificateOf(t, "bob")), "instances", "shop-order").
		mustExit(t, 4, "bob", namespace.Name)
}

func TestAClientCertificateCarriesGroups(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	must(t, namespace.AllowGroup(t.Context(), "shop-operators", fixture.Reading...))

	mustSeeOrder(t, kubeconfigOf(t, namespace, certificateOf(t, "carol", "shop-operators")))
}

func TestCertificatesMayBeFiles(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	must(t, namespace.AllowUser(t.Context(), "alice", fixture.Reading...))
	dir := t.TempDir()
	inFile := func(name string, data *[]byte, file *string) {
		*file = dir + "/" + name
		must(t, os.WriteFile(*file, *data, 0o600))
		*data = nil
	}

	mustSeeOrder(t, kubeconfigOf(t, namespace, certificateOf(t, "alice"), func(config *api.Config) {
		for _, cluster := range config.Clusters {
			inFile("ca.crt", &cluster.CertificateAuthorityData, &cluster.CertificateAuthority)
		}
		for _, user := range config.AuthInfos {
			inFile("user.crt", &user.ClientCertificateData, &user.ClientCertificate)
			inFile("user.key", &user.ClientKeyData, &user.ClientKey)
		}
	}))
}

func TestACertificateOfAnUnknownAuthorityIsNotAuthenticated(t *testing.T) {
	namespace := newNamespace(t)
	unknown, err := state.NewAuthority("unknown")
	must(t, err)
	pair, err := unknown.IssueClient("admin", []string{state.AdminGroup}, time.Hour)
	must(t, err)

	podreg(t, kubeconfigOf(t, namespace, state.Identity{Pair: &pair}), "instances", "shop-order").mustExit(t, 4)
}

func certificateOf(t *testing.T, user string, groups ...string) state.Identity {
	t.Helper()
	ca, err := shared.Dir.ClientCA()
	must(t, err)
	pair, err := ca.IssueClient(user, groups, time.Hour)
	must(t, err)
	return state.Identity{Pair: &pair}
}

func TestAnExpiredTokenIsNotAuthenticated(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	account, err := namespace.ServiceAccount(t.Context(), "operator", fixture.Reading...)
	must(t, err)
	until := func(end time.Time) string {
		token, err := namespace.TokenValidUntil(shared.Dir, account, end)
		must(t, err)
		return kubeconfigOf(t, namespace, state.Identity{Token: token})
	}

	mustSeeOrder(t, until(time.Now().Add(time.Hour))) // nothing else is wrong with such a token
	podreg(t, until(time.Now().Add(-time.Hour)), "instances", "shop-order").mustExit(t, 4)
}

func TestATokenThatNobodyIssuedIsNotShownAgain(t *testing.T) {
	namespace := newNamespace(t)

	ran := podreg(t, kubeconfigOf(t, namespace, state.Identity{Token: "an-invented-secret"}), "instances", "shop-order", "-vv")

	ran.mustExit(t, 4)
	mustNotContain(t, ran.stdout+ran.stderr, "an-invented-secret")
}
