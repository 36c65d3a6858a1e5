package cluster

import (
	"os"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"podreg/tests/cluster/fixture"
)

func TestWaitReturnsWhenConsumersSeeTheInstance(t *testing.T) {
	t.Parallel()
	namespace := provide(t, orderPod(1).NotYetReady())
	waitForEndpoints(t, namespace, "shop-order", 0, 1)
	waiting := start(t, "", []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()}, os.Getenv("PODREG"), "register",
		"shop-order-1", "-n", namespace.Name, "--endpoint", "dubbo:20880", "--wait", "--timeout", "30s", "-o", "json")
	waitUntilRegistered(t, namespace, "shop-order-1")
	time.Sleep(500 * time.Millisecond)
	if !waiting.running() {
		t.Fatalf("it did not wait: %+v", waiting.wait(t))
	}

	must(t, namespace.BecomeReady(t.Context(), "shop-order-1"))

	said := waiting.wait(t).registrations(t)
	mustBe(t, acted(said), []string{"shop-order-1 registered"})
	found := in(t, namespace, "instances", "shop-order", "-o", "json").instances(t)
	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
}

func waitUntilRegistered(t *testing.T, namespace fixture.Namespace, pod string) {
	t.Helper()
	ctx := limited(t, time.Minute)
	for {
		object, err := client.CoreV1().Pods(namespace.Name).Get(ctx, pod, metav1.GetOptions{})
		must(t, err)
		if object.Annotations[fixture.MetadataAnnotation] != "" {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestWaitDoesNotWaitForAnInstanceThatConsumersSeeAlready(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))

	for _, command := range [][]string{{"update"}, {"update", "--set", "zone=z1"}, {"register", "--endpoint", "dubbo:20880"}} {
		begin := time.Now()
		change(t, namespace, command[0], append(command[1:], "--wait", "--timeout", "30s")...)
		if took := time.Since(begin); took > 10*time.Second {
			t.Errorf("%q took %v", command, took)
		}
	}
}

func TestWaitIsGivenUpAfterItsTimeout(t *testing.T) {
	t.Parallel()
	namespace := provide(t, orderPod(1).NotYetReady())

	begin := time.Now()
	ran := in(t, namespace, "register", "shop-order-1", "--endpoint", "dubbo:20880", "--wait", "--timeout", "1s")

	ran.mustExit(t, 8, "shop-order-1", "not visible")
	if took := time.Since(begin); took < time.Second || took > 10*time.Second {
		t.Errorf("gave up after %v, not about 1 s", took)
	}
	registeredOn(t, namespace, "shop-order-1") // it was written all the same
}

func TestWaitCoversEveryPodOfASelector(t *testing.T) {
	t.Parallel()
	namespace := provide(t, orderPod(1), orderPod(2).NotYetReady())
	waitForEndpoints(t, namespace, "shop-order", 1, 1)

	in(t, namespace, "register", "--selector", "app=shop-order", "--endpoint", "dubbo:20880", "--wait", "--timeout", "1s").
		mustExit(t, 8, "shop-order-2")

	registeredOn(t, namespace, "shop-order-1")
	registeredOn(t, namespace, "shop-order-2")
}

func TestWaitNamesEveryPodThatIsNotVisible(t *testing.T) {
	t.Parallel()
	namespace := provide(t, orderPod(1).NotYetReady(), orderPod(2).NotYetReady())

	in(t, namespace, "register", "--selector", "app=shop-order", "--endpoint", "dubbo:20880", "--wait", "--timeout", "1s").
		mustExit(t, 8, `error: pod "shop-order-1" is not visible`, `error: pod "shop-order-2" is not visible`)
}
