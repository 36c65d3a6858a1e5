package cluster

import (
	"os"
	"testing"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"podreg/tests/cluster/fixture"
)

// waitFor starts `podreg wait` of the administrator.
func waitFor(t *testing.T, namespace fixture.Namespace, args ...string) *process {
	t.Helper()
	return start(t, "", []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()}, append(
		[]string{os.Getenv("PODREG"), "wait", "shop-order", "-n", namespace.Name, "--timeout", "90s"}, args...)...)
}

func (p *process) mustStillWait(t *testing.T) {
	t.Helper()
	time.Sleep(500 * time.Millisecond)
	if !p.running() {
		t.Fatalf("it did not wait: %+v", p.wait(t))
	}
}

func TestWaitForInstances(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	waiting := waitFor(t, namespace, "--for", "instances=2", "--for", "ready", "--for", "no-warnings")
	waiting.mustStillWait(t) // there is not even a Service

	serveOrder(t, namespace, healthyOrder(1), healthyOrder(2).NotYetReady())
	waiting.mustStillWait(t)
	must(t, namespace.BecomeReady(t.Context(), "shop-order-2"))

	ran := waiting.wait(t)
	ran.mustExit(t, 0)
	mustBe(t, []string{ran.stdout}, []string{"service/shop-order condition met\n"})
}

func TestWaitForARevision(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1), healthyOrder(2))
	waiting := waitFor(t, namespace, "--for", "revision=later", "-o", "json")
	later := fixture.Metadata{Revision: "later", Ports: []fixture.Port{fixture.Dubbo}, Time: registeredAt}.String()
	must(t, namespace.Annotate(t.Context(), "shop-order-1", fixture.MetadataAnnotation, later))
	waiting.mustStillWait(t)
	must(t, namespace.Annotate(t.Context(), "shop-order-2", fixture.MetadataAnnotation, later))

	found := waiting.wait(t).instances(t)
	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880", "shop-order-2 10.244.0.2:20880"})
}

func TestWaitForTheServiceToBeDeleted(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	waiting := waitFor(t, namespace, "--for", "delete")
	waiting.mustStillWait(t)
	must(t, client.CoreV1().Services(namespace.Name).Delete(t.Context(), "shop-order", metav1.DeleteOptions{}))
	waiting.wait(t).mustExit(t, 0)
	in(t, namespace, "wait", "shop-order", "--for", "delete", "--timeout", "0").mustExit(t, 0)
}

func TestWaitSaysWhatWasMissing(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1), orderPod(2), healthyOrder(3).NotYetReady())
	for _, timeout := range []string{"0", "1s"} {
		in(t, namespace, "wait", "shop-order", "--for", "ready", "--for", "instances=3", "--timeout", timeout).
			mustExit(t, 8, "there is 1 instance", `pod "shop-order-2" is not registered`, `pod "shop-order-3" is not ready`)
	}
	in(t, namespace, "wait", "shop-ordr", "--for", "ready", "--timeout", "0").mustExit(t, 8, `there is no Service "shop-ordr"`)
}

func TestWaitForAConditionThatStays(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	in(t, namespace, "wait", "shop-order", "--for", "instances=1", "--stable", "1h", "--timeout", "1s").mustExit(t, 8, "1h")
	in(t, namespace, "wait", "shop-order", "--for", "instances=1", "--stable", "1s").mustExit(t, 0)
}

func TestWaitForAnInterfaceNamesRevisionsThatNobodyAnswersFor(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	in(t, namespace, "wait", "shop-order", "--for", "interface=com.example.A", "--timeout", "1s", "--connect", "127.0.0.1:1").
		mustExit(t, 8, "nobody answers", revision)
}

func TestWaitForAnInterfaceAsksTheProvidersOfEachRevision(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, orderPod(1))
	info := inFile(t, `{"app":"shop-order","revision":"`+revision+`","services":{"com.example.A:1.0.0:dubbo":`+
		`{"name":"com.example.A","version":"1.0.0","protocol":"dubbo","path":"com.example.A","params":{}}}}`)
	waiting := waitFor(t, namespace, "--for", "interface=com.example.A", "--metadata-file", info)
	waiting.mustStillWait(t)
	must(t, namespace.Annotate(t.Context(), "shop-order-1", fixture.MetadataAnnotation, metadata(fixture.Dubbo).String()))
	waiting.wait(t).mustExit(t, 0)

	in(t, namespace, "wait", "shop-order", "--for", "interface=com.example.B", "--metadata-file", info, "--timeout", "0").
		mustExit(t, 8, "com.example.A")
}
