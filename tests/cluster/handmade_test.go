package cluster

import (
	"testing"

	corev1 "k8s.io/api/core/v1"

	"podreg/tests/cluster/fixture"
)

var dubboPort = []fixture.Port{fixture.Dubbo}

// handMade makes shop-order without a selector, pods of any label, and its Endpoints by hand.
func handMade(t *testing.T, subsets ...corev1.EndpointSubset) fixture.Namespace {
	t.Helper()
	namespace := newNamespace(t)
	must(t, namespace.ServiceWithoutSelector(t.Context(), "shop-order", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), healthyOrder(1), healthyOrder(2)))
	must(t, namespace.Endpoints(t.Context(), "shop-order", subsets...))
	return namespace
}

func TestHandMadeEndpointsOfAServiceWithoutSelectorWork(t *testing.T) {
	namespace := handMade(t, fixture.Subset(dubboPort,
		fixture.Address("10.244.0.1", "shop-order-1"), fixture.Address("10.244.0.2", "shop-order-2")))

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880", "shop-order-2 10.244.0.2:20880"})
	found.mustWarn(t, "ServiceWithoutSelector", "", "")
}

func TestAnAddressWithoutTargetRefIsLeftOutWithAWarning(t *testing.T) {
	namespace := handMade(t, fixture.Subset(dubboPort,
		fixture.Address("10.244.0.1", "shop-order-1"), fixture.Address("10.244.0.7", "")))

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
	mustContain(t, found.mustWarn(t, "EndpointWithoutTargetRef", "10.244.0.7", "").Message, "10.244.0.7", "consumer")
}

func TestAnAddressOfAPodThatDoesNotExistIsLeftOutWithAWarning(t *testing.T) {
	namespace := handMade(t, fixture.Subset(dubboPort,
		fixture.Address("10.244.0.1", "shop-order-1"), fixture.Address("10.244.0.8", "shop-order-8")))

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
	mustContain(t, found.mustWarn(t, "EndpointWithoutPod", "10.244.0.8", "shop-order-8").Message, "shop-order-8", "consumer")
}

func TestEveryAddressGetsThePortsOfAllSubsets(t *testing.T) {
	namespace := handMade(t,
		fixture.Subset(dubboPort, fixture.Address("10.244.0.1", "shop-order-1")),
		fixture.Subset([]fixture.Port{fixture.Tri}, fixture.Address("10.244.0.2", "shop-order-2")))

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{
		"shop-order-1 10.244.0.1:20880", "shop-order-1 10.244.0.1:50051",
		"shop-order-2 10.244.0.2:20880", "shop-order-2 10.244.0.2:50051",
	})
}

func TestAServiceWithoutEndpointsHasNoInstancesAndAWarning(t *testing.T) {
	namespace := newNamespace(t)
	must(t, namespace.ServiceWithoutSelector(t.Context(), "shop-order", fixture.Dubbo))

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{})
	found.mustWarn(t, "EndpointsNotFound", "", "")
}

func TestEndpointsWithoutAServiceAreNoInstances(t *testing.T) {
	namespace := newNamespace(t)
	must(t, namespace.Pods(t.Context(), healthyOrder(1)))
	must(t, namespace.Endpoints(t.Context(), "shop-order",
		fixture.Subset(dubboPort, fixture.Address("10.244.0.1", "shop-order-1"))))

	ran := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json")

	ran.mustExit(t, 3, "shop-order", namespace.Name)
	found := parse[instance](t, ran, "InstanceList")
	mustBe(t, endpoints(found), []string{})
	found.mustWarn(t, "ServiceNotFound", "", "")
}
