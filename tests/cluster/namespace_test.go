package cluster

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

var namespaces atomic.Int32

// newNamespace makes one for a test. It stays until the control plane goes.
func newNamespace(t *testing.T) fixture.Namespace {
	t.Helper()
	namespace, err := fixture.NewNamespace(t.Context(), client, fmt.Sprintf("test-%03d", namespaces.Add(1)))
	must(t, err)
	return namespace
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

const revision = "e4e37e25dd6ada11ad7d6d454935cf9f"

var registeredAt = time.UnixMilli(1795490503081)

// metadata is what a provider registers that exports its ports.
func metadata(ports ...fixture.Port) fixture.Metadata {
	return fixture.Metadata{Revision: revision, Ports: ports, Time: registeredAt}
}

// orderPod is a pod of shop-order: number 1 is shop-order-1 with the address 10.244.0.1.
func orderPod(number int) fixture.Pod {
	return fixture.Pod{
		Name:  fmt.Sprintf("shop-order-%d", number),
		App:   "shop-order",
		IP:    fmt.Sprintf("10.244.0.%d", number),
		Ports: []fixture.Port{fixture.Dubbo},
	}
}

// healthyOrder is a pod of shop-order that is ready and registered.
func healthyOrder(number int) fixture.Pod {
	return orderPod(number).Registered(metadata(fixture.Dubbo))
}

// serveOrder makes the Service shop-order with these pods, and waits until they are in its Endpoints.
func serveOrder(t *testing.T, namespace fixture.Namespace, pods ...fixture.Pod) {
	t.Helper()
	must(t, namespace.Service(t.Context(), "shop-order", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), pods...))
	notReady := 0
	for _, pod := range pods {
		if pod.NotReady {
			notReady++
		}
	}
	waitForEndpoints(t, namespace, "shop-order", len(pods)-notReady, notReady)
}

func waitForEndpoints(t *testing.T, namespace fixture.Namespace, service string, ready, notReady int) {
	t.Helper()
	must(t, namespace.WaitForEndpoints(limited(t, time.Minute), service, ready, notReady))
}
