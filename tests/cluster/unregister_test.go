package cluster

import (
	"testing"

	"podreg/tests/cluster/fixture"
)

func TestUnregisterRemovesOnlyTheRegistration(t *testing.T) {
	namespace := provide(t, annotatedOrder())

	said := change(t, namespace, "unregister")

	mustSay(t, said, "unregistered")
	pod := podOf(t, namespace, "shop-order-1")
	mustNotBeRegistered(t, namespace, "shop-order-1")
	if len(pod.Annotations) != 2 || said.ResourceVersion != pod.ResourceVersion {
		t.Errorf("annotations %v, resourceVersion %s", pod.Annotations, pod.ResourceVersion)
	}
}

func TestAnEmptyOrBrokenRegistrationIsRemovedLikeAnyOther(t *testing.T) {
	for _, annotation := range []string{"", `{"dubbo.metadata.revision":`} {
		namespace := provide(t, orderPod(1).Annotated(annotation))

		mustSay(t, change(t, namespace, "unregister"), "unregistered")

		mustNotBeRegistered(t, namespace, "shop-order-1")
	}
}

func TestARegistrationThatIsAbsentAlreadyIsNoError(t *testing.T) {
	other := orderPod(1)
	other.Annotations = map[string]string{"prometheus.io/scrape": "true"}
	for _, pod := range []fixture.Pod{orderPod(1), other} {
		namespace := provide(t, pod)
		gate := newGateway(t, namespace, nil)

		mustKeep(t, namespace, func() {
			said := podreg(t, gate.kubeconfig, "unregister", "shop-order-1", "-o", "json").registrations(t)
			mustSay(t, said.Items[0], "absent")
		})

		gate.mustHaveWritten(t, 0)
	}
}

func TestUnregisteredPodsAreNoInstances(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1), healthyOrder(2))

	change(t, namespace, "unregister")

	found := in(t, namespace, "instances", "shop-order", "-o", "json").instances(t)
	mustBe(t, endpoints(found), []string{"shop-order-2 10.244.0.2:20880"})
	found.mustWarn(t, "PodWithoutMetadata", "10.244.0.1", "shop-order-1")
}
