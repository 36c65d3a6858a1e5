package peer

import (
	"context"
	"fmt"
	"regexp"
	"sync/atomic"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

// The pods of the small shop.
const (
	application = "shop-order"
	providerPod = "shop-order-0"
	otherPod    = "shop-order-1" // a second one, in some tests without a process
	consumerPod = "shop-web-0"
)

// addressOf is the pod's address, on which its process listens.
func addressOf(pod string) string {
	if pod == otherPod || pod == stockPod {
		return settings.addresses[1]
	}
	return settings.addresses[0]
}

// shopPod is a pod of the application, which the API server reaches at its own address.
func shopPod(name string, ports []fixture.Port) fixture.Pod {
	address := addressOf(name)
	return fixture.Pod{Name: name, App: application, IP: address, Ports: ports,
		Annotations: map[string]string{state.ForwardAddress: address}}
}

var namespaces atomic.Int32

// newShop makes a namespace for a test, with the Service and pods that are ready and not registered.
func newShop(t testing.TB, ports ...fixture.Port) fixture.Namespace {
	t.Helper()
	namespace, err := fixture.NewNamespace(t.Context(), client, fmt.Sprintf("shop-%03d", namespaces.Add(1)))
	must(t, err)
	must(t, namespace.Service(t.Context(), application, ports...))
	must(t, namespace.Pods(t.Context(),
		shopPod(providerPod, ports),
		fixture.Pod{Name: consumerPod, App: "shop-web", IP: "10.244.77.20"},
	))
	waitForEndpoints(t, namespace, 1)
	return namespace
}

// newShopOfTwo has a second pod beside the provider's.
func newShopOfTwo(t *testing.T) fixture.Namespace {
	t.Helper()
	namespace := newShop(t, both...)
	must(t, namespace.Pods(t.Context(), shopPod(otherPod, both)))
	waitForEndpoints(t, namespace, 2)
	return namespace
}

func waitForEndpoints(t testing.TB, namespace fixture.Namespace, ready int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	must(t, namespace.WaitForEndpoints(ctx, application, ready, 0))
}

// annotation is the pod's registration, byte for byte; empty when there is none.
func annotation(t *testing.T, namespace fixture.Namespace, pod string) string {
	t.Helper()
	object, err := client.CoreV1().Pods(namespace.Name).Get(t.Context(), pod, metav1.GetOptions{})
	must(t, err)
	return object.Annotations[fixture.MetadataAnnotation]
}

var timestamp = regexp.MustCompile(`"timestamp":"\d+"`)

// untimed is the registration with the same time in all.
func untimed(annotation string) string {
	return timestamp.ReplaceAllString(annotation, `"timestamp":"0"`)
}

func mustBe(t testing.TB, what, found, wanted string) {
	t.Helper()
	if found != wanted {
		t.Errorf("%s:\nfound  %s\nwanted %s", what, found, wanted)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
