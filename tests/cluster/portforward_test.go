package cluster

import (
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"os"
	"testing"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

// forwarding are the rules of who may forward ports besides reading.
var forwarding = append([]rbacv1.PolicyRule{
	{APIGroups: []string{""}, Resources: []string{"pods/portforward"}, Verbs: []string{"get", "create"}},
}, fixture.Reading...)

const recording = "../golden/dubbo/metadata-3.2.6/dubbo-order-hessian2"

func recorded(t *testing.T, suffix string) []byte {
	t.Helper()
	content, err := os.ReadFile(recording + suffix)
	must(t, err)
	return content
}

// recordedProvider answers every request on a port of 127.0.0.2 as a real provider answered the one for
// its MetadataInfo. Its revision is that of the recording.
func recordedProvider(t *testing.T) (port int32, revision string) {
	t.Helper()
	address := serveDubbo(t, "127.0.0.2", recorded(t, ".dubbo-1.s2c.bin"))
	var info struct{ Revision string }
	must(t, json.Unmarshal(recorded(t, ".json"), &info))
	return int32(address.Port), info.Revision
}

// serveDubbo answers every request that comes to a port of the host with that frame.
func serveDubbo(t *testing.T, host string, answer []byte) *net.TCPAddr {
	t.Helper()
	listener, err := net.Listen("tcp", host+":0")
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for conn, err := listener.Accept(); err == nil; conn, err = listener.Accept() {
			go answerAll(conn, answer)
		}
	}()
	return listener.Addr().(*net.TCPAddr)
}

func answerAll(conn net.Conn, answer []byte) {
	defer conn.Close()
	head := make([]byte, 16)
	for {
		if _, err := io.ReadFull(conn, head); err != nil {
			return
		}
		if _, err := io.CopyN(io.Discard, conn, int64(binary.BigEndian.Uint32(head[12:]))); err != nil {
			return
		}
		reply := append([]byte{}, answer...)
		copy(reply[4:12], head[4:12]) // the id of the request
		if _, err := conn.Write(reply); err != nil {
			return
		}
	}
}

// serveRecorded makes shop-order with one pod, which nobody reaches but through the API server.
func serveRecorded(t *testing.T, namespace fixture.Namespace) {
	t.Helper()
	port, revision := recordedProvider(t)
	pod := orderPod(1).Registered(fixture.Metadata{Revision: revision, Ports: []fixture.Port{{Name: "dubbo", Number: port}},
		Time: registeredAt})
	pod.Annotations[state.ForwardAddress] = "127.0.0.2"
	serveOrder(t, namespace, pod)
}

func TestAPortForwardThatIsNotAllowedNamesVerbAndResource(t *testing.T) {
	namespace := newNamespace(t)
	serveRecorded(t, namespace)
	reader := operatorOf(t, namespace, fixture.Reading...)
	for _, way := range []string{"port-forward", "auto"} {
		ran := podreg(t, reader, "urls", "shop-order", "--via", way)

		ran.mustExit(t, 4, "system:serviceaccount:"+namespace.Name+":operator", `pods/portforward of pod "shop-order-1"`,
			`resources: ["pods/portforward"], verbs: ["get", "create"]`)
		mustContainOneOf(t, ran.stderr, "may not get", "may not create")
		if ran.stdout != "" {
			t.Error(ran.stdout)
		}
	}
}

func TestAutoFallsBackToAPortForward(t *testing.T) {
	namespace := newNamespace(t)
	serveRecorded(t, namespace)
	kubeconfig := operatorOf(t, namespace, forwarding...)
	for _, way := range []string{"port-forward", "auto"} {
		ran := podreg(t, kubeconfig, "urls", "shop-order", "--via", way, "--timeout", "60s", "-o", "url")

		ran.mustExit(t, 0)
		mustContain(t, ran.stdout, "dubbo://10.244.0.1:", "/com.example.shop.OrderService?")
	}
	podreg(t, kubeconfig, "urls", "shop-order", "--via", "direct", "--timeout", "500ms").mustExit(t, 5,
		`pod "shop-order-1"`, "cannot be reached")
}

// The Node of the second pod is there, but has no kubelet; that of the third is gone.
func TestAPodWithoutAKubeletIsSaidToHaveNone(t *testing.T) {
	namespace := newNamespace(t)
	pods := map[string]string{"shop-order-2": "node-without-kubelet", "shop-order-3": "node-that-is-gone"}
	makeNodeWithoutKubelet(t, pods["shop-order-2"])
	for number := 2; number <= 3; number++ {
		pod := healthyOrder(number)
		pod.Node = pods[pod.Name]
		must(t, namespace.Pods(t.Context(), pod))
	}
	kubeconfig := operatorOf(t, namespace, forwarding...)
	for pod, why := range map[string]string{
		"shop-order-2": "connection refused",
		"shop-order-3": "node-that-is-gone",
	} {
		service := "only-" + pod
		must(t, namespace.ServiceWithoutSelector(t.Context(), service, fixture.Dubbo))
		must(t, namespace.Endpoints(t.Context(), service,
			fixture.Subset([]fixture.Port{fixture.Dubbo}, fixture.Address("10.244.0.9", pod))))

		ran := podreg(t, kubeconfig, "urls", service, "--via", "port-forward", "--timeout", "60s")

		ran.mustExit(t, 5, `cannot forward a port of pod "`+pod+`"`, why)
	}
}

func makeNodeWithoutKubelet(t *testing.T, name string) {
	t.Helper()
	node, err := client.CoreV1().Nodes().Create(t.Context(),
		&corev1.Node{ObjectMeta: metav1.ObjectMeta{Name: name}}, metav1.CreateOptions{})
	must(t, err)
	node.Status.Addresses = []corev1.NodeAddress{{Type: corev1.NodeInternalIP, Address: "127.0.0.1"}}
	node.Status.DaemonEndpoints.KubeletEndpoint.Port = 1
	_, err = client.CoreV1().Nodes().UpdateStatus(t.Context(), node, metav1.UpdateOptions{})
	must(t, err)
}

func TestAPortOfThePodWhereNobodyListensIsSaidByTheKubelet(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, orderPod(1).Registered(metadata(fixture.Port{Name: "dubbo", Number: 1})))
	ran := podreg(t, operatorOf(t, namespace, forwarding...), "urls", "shop-order", "--via", "port-forward",
		"--timeout", "60s")

	ran.mustExit(t, 5, "shop-order-1", "connection refused")
}

func TestMetadataOfAPodNeedsFewRequestsAndNoPodsListed(t *testing.T) {
	namespace := newNamespace(t)
	serveRecorded(t, namespace)
	rules := []rbacv1.PolicyRule{
		{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get"}},
		{APIGroups: []string{""}, Resources: []string{"services", "endpoints"}, Verbs: []string{"list"}},
		{APIGroups: []string{""}, Resources: []string{"pods/portforward"}, Verbs: []string{"get", "create"}},
	}
	ran := podreg(t, operatorOf(t, namespace, rules...), "metadata", "pod/shop-order-1", "--via", "port-forward",
		"--timeout", "60s")

	ran.mustExit(t, 0)
	mustContain(t, ran.stdout, "com.example.shop.OrderService")
}
