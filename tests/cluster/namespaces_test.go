package cluster

import (
	"testing"

	"k8s.io/client-go/tools/clientcmd/api"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

// serveTwice makes a Service of that name in two namespaces, with one instance in each.
func serveTwice(t *testing.T, service string) (one, other fixture.Namespace) {
	t.Helper()
	one, other = newNamespace(t), newNamespace(t)
	for i, namespace := range []fixture.Namespace{one, other} {
		pod := orderPod(i + 1)
		pod.App = service
		must(t, namespace.Service(t.Context(), service, fixture.Dubbo))
		must(t, namespace.Pods(t.Context(), pod.Registered(metadata(fixture.Dubbo))))
		waitForEndpoints(t, namespace, service, 1, 0)
	}
	return one, other
}

func TestANamespaceHasItsOwnInstances(t *testing.T) {
	one, other := serveTwice(t, "own-instances")

	inOne := asAdmin(t, "instances", "own-instances", "-n", one.Name, "-o", "json").instances(t)
	inOther := asAdmin(t, "instances", "own-instances", "-n", other.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(inOne), []string{"shop-order-1 10.244.0.1:20880"})
	mustBe(t, endpoints(inOther), []string{"shop-order-2 10.244.0.2:20880"})
}

func TestAllNamespacesAreSearchedOnRequest(t *testing.T) {
	one, other := serveTwice(t, "everywhere")

	for _, source := range []string{"endpoints", "endpointslices"} {
		found := asAdmin(t, "instances", "everywhere", "-A", "-o", "json", "--endpoint-source", source).instances(t)

		mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880", "shop-order-2 10.244.0.2:20880"})
		found.mustNotWarn(t)
		if found.Items[0].Namespace != one.Name || found.Items[1].Namespace != other.Name {
			t.Errorf("%s: namespaces are wrong: %+v", source, found.Items)
		}
	}
}

func TestTheNamespaceOfTheContextIsTheDefault(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	token, err := shared.Dir.AdminToken()
	must(t, err)
	kubeconfig := kubeconfigOf(t, namespace, state.Identity{Token: token})

	found := podreg(t, kubeconfig, "instances", "shop-order", "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
}

// kubeconfigOf writes one for somebody, with the namespace as its default, after the changes.
func kubeconfigOf(t *testing.T, namespace fixture.Namespace, who state.Identity, changes ...func(*api.Config)) string {
	t.Helper()
	config, err := shared.Dir.Kubeconfig("somebody", who, namespace.Name)
	must(t, err)
	for _, change := range changes {
		change(config)
	}
	path := t.TempDir() + "/kubeconfig"
	must(t, state.WriteKubeconfig(config, path))
	return path
}
