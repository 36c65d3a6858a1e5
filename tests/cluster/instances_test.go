package cluster

import (
	"slices"
	"testing"

	"podreg/tests/cluster/fixture"
)

func TestThreeReadyPodsAreInstancesOnEveryPort(t *testing.T) {
	namespace := newNamespace(t)
	ports := []fixture.Port{fixture.Dubbo, fixture.Tri}
	must(t, namespace.Service(t.Context(), "shop-order", ports...))
	for i := 1; i <= 3; i++ {
		pod := orderPod(i)
		pod.Ports = ports
		must(t, namespace.Pods(t.Context(), pod.Registered(metadata(ports...))))
	}
	waitForEndpoints(t, namespace, "shop-order", 3, 0)

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	found.mustNotWarn(t)
	mustBe(t, endpoints(found), []string{
		"shop-order-1 10.244.0.1:20880", "shop-order-1 10.244.0.1:50051",
		"shop-order-2 10.244.0.2:20880", "shop-order-2 10.244.0.2:50051",
		"shop-order-3 10.244.0.3:20880", "shop-order-3 10.244.0.3:50051",
	})
	first := found.Items[0]
	if first.ServiceName != "shop-order" || first.Namespace != namespace.Name || first.Node != "node-a" {
		t.Errorf("service, namespace or node are wrong: %+v", first)
	}
	if first.Revision != revision || !slices.Equal(first.Protocols, []string{"dubbo", "tri"}) {
		t.Errorf("revision or protocols are wrong: %+v", first)
	}
	if first.Metadata["timestamp"] != "1795490503081" || first.Metadata["dubbo.metadata.revision"] != revision {
		t.Errorf("not the metadata that was registered: %v", first.Metadata)
	}
}

func TestInstancesAreSortedByAddressAsNumbers(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(100), healthyOrder(10), healthyOrder(9))

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{
		"shop-order-9 10.244.0.9:20880", "shop-order-10 10.244.0.10:20880", "shop-order-100 10.244.0.100:20880",
	})
}

func TestAPodThatIsNotReadyIsNoInstance(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1), healthyOrder(2).NotYetReady())

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
}

func TestAServiceWithoutReadyPodsHasNoInstancesAndThatIsNoError(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1).NotYetReady())

	ran := asAdmin(t, "instances", "shop-order", "-n", namespace.Name)
	ran.mustExit(t, 0, "No instances found", "shop-order", namespace.Name)
	if ran.stdout != "" {
		t.Errorf("on standard output: %q", ran.stdout)
	}

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)
	mustBe(t, endpoints(found), []string{})
}

func TestAServiceThatDoesNotExistIsNamedWithItsNamespace(t *testing.T) {
	namespace := newNamespace(t)

	ran := asAdmin(t, "instances", "shop-order", "-n", namespace.Name)

	ran.mustExit(t, 3, "shop-order", namespace.Name)
}

func TestATableHasARowForEveryInstance(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1), healthyOrder(2))

	ran := asAdmin(t, "instances", "shop-order", "-n", namespace.Name)

	ran.mustExit(t, 0)
	mustContain(t, ran.stdout, "shop-order-1", "10.244.0.1", "shop-order-2", "10.244.0.2", "20880")
	if ran.stderr != "" {
		t.Errorf("on standard error: %q", ran.stderr)
	}
}
