package cluster

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os/exec"
	"testing"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/portforward"
	"k8s.io/client-go/transport/spdy"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/server"
	"podreg/tests/cluster/state"
)

// What the tests rely on, and what podreg does not use yet.

func TestTheControlPlaneEndsWithItsParent(t *testing.T) {
	binary, err := server.Binary()
	must(t, err)
	process := exec.CommandContext(limited(t, 2*time.Minute), binary, "-dir", t.TempDir(), "-exit-with-stdin")
	stdin, err := process.StdinPipe()
	must(t, err)
	stdout, err := process.StdoutPipe()
	must(t, err)
	must(t, process.Start())
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "ready\n" {
		t.Errorf("it said %q: %v", line, err)
	}

	must(t, stdin.Close())

	must(t, process.Wait())
}

func TestAStateDirectoryHasOneControlPlane(t *testing.T) {
	binary, err := server.Binary()
	must(t, err)

	said, err := exec.Command(binary, "-dir", string(shared.Dir)).CombinedOutput()

	if err == nil {
		t.Error("a second one started")
	}
	mustContain(t, string(said), "another control plane")
}

func TestAPortForwardReachesTheAddressOfThePod(t *testing.T) {
	namespace := newNamespace(t)
	listener, err := net.Listen("tcp", "127.0.0.2:0")
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for conn, err := listener.Accept(); err == nil; conn, err = listener.Accept() {
			_, _ = io.Copy(conn, conn)
			_ = conn.Close()
		}
	}()
	pod := orderPod(1)
	pod.Annotations = map[string]string{state.ForwardAddress: "127.0.0.2"}
	must(t, namespace.Pods(t.Context(), pod))

	conn, err := net.Dial("tcp", forward(t, namespace, pod.Name, listener.Addr().(*net.TCPAddr).Port))
	must(t, err)
	defer conn.Close()
	must(t, conn.SetDeadline(time.Now().Add(time.Minute)))
	_, err = fmt.Fprintln(conn, "hello")
	must(t, err)

	if answer, err := bufio.NewReader(conn).ReadString('\n'); answer != "hello\n" {
		t.Errorf("the answer is %q: %v", answer, err)
	}
}

// forward opens a port-forward as kubectl does, and returns its address on this side.
func forward(t *testing.T, namespace fixture.Namespace, pod string, port int) string {
	t.Helper()
	config, err := clientcmd.BuildConfigFromFlags("", shared.Dir.AdminKubeconfig())
	must(t, err)
	transport, upgrader, err := spdy.RoundTripperFor(config)
	must(t, err)
	url := client.CoreV1().RESTClient().Post().Namespace(namespace.Name).
		Resource("pods").Name(pod).SubResource("portforward").URL()
	dialer := spdy.NewDialer(upgrader, &http.Client{Transport: transport}, http.MethodPost, url)
	stop, ready := make(chan struct{}), make(chan struct{})
	t.Cleanup(func() { close(stop) })
	forwarder, err := portforward.New(dialer, []string{fmt.Sprintf("0:%d", port)}, stop, ready, io.Discard, io.Discard)
	must(t, err)
	ended := make(chan error, 1)
	go func() { ended <- forwarder.ForwardPorts() }()
	select {
	case <-ready:
	case err := <-ended:
		t.Fatalf("the port-forward ended: %v", err)
	}
	ports, err := forwarder.GetPorts()
	must(t, err)
	return fmt.Sprintf("127.0.0.1:%d", ports[0].Local)
}
