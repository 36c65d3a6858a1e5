package cluster

import (
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/server"
	"podreg/tests/cluster/state"
)

// ownServer is a control plane that a test may stop, with shop-order in the namespace "shop".
func ownServer(t *testing.T) *server.Server {
	t.Helper()
	own, _ := ownShop(t)
	return own
}

// ownShop is ownServer and that namespace.
func ownShop(t *testing.T) (*server.Server, fixture.Namespace) {
	t.Helper()
	binary, err := server.Binary()
	must(t, err)
	own, err := server.Start(binary, state.Dir(t.TempDir()))
	must(t, err)
	t.Cleanup(func() { must(t, own.Stop()) })
	ownClient, err := fixture.NewClient(own.Dir.AdminKubeconfig())
	must(t, err)
	namespace, err := fixture.NewNamespace(t.Context(), ownClient, "shop")
	must(t, err)
	serveOrder(t, namespace, healthyOrder(1))
	return own, namespace
}

func TestAServerThatIsStoppedAndComesBack(t *testing.T) {
	own := ownServer(t)
	kubeconfig := own.Dir.AdminKubeconfig()
	ask := func() result { return podreg(t, kubeconfig, "instances", "shop-order", "-n", "shop", "-o", "json") }
	mustBe(t, endpoints(ask().instances(t)), []string{"shop-order-1 10.244.0.1:20880"})

	must(t, own.Stop())
	ask().mustExit(t, 5, "127.0.0.1")
	podreg(t, kubeconfig, "update", "shop-order-1", "-n", "shop", "--timestamp").mustExit(t, 5, "127.0.0.1")

	must(t, own.Restart())
	mustBe(t, endpoints(ask().instances(t)), []string{"shop-order-1 10.244.0.1:20880"})

	must(t, own.Kill())
	ask().mustExit(t, 5, "127.0.0.1")

	must(t, own.Restart())
	mustBe(t, endpoints(ask().instances(t)), []string{"shop-order-1 10.244.0.1:20880"})
}

// A server that hangs accepts connections and answers nothing, not even the TLS handshake.
func TestAServerThatHangsIsGivenUpInTime(t *testing.T) {
	own := ownServer(t)
	must(t, own.Pause())
	t.Cleanup(func() { must(t, own.Resume()) })

	start := time.Now()
	ran := podreg(t, own.Dir.AdminKubeconfig(), "instances", "shop-order", "-n", "shop", "--request-timeout", "2s")

	ran.mustExit(t, 5, "127.0.0.1")
	if took := time.Since(start); took < time.Second || took > 20*time.Second {
		t.Errorf("gave up after %v, not about 2 s", took)
	}
}
