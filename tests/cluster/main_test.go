// Package cluster tests podreg as its users run it, against a real API server.
package cluster

import (
	"fmt"
	"os"
	"testing"

	"k8s.io/client-go/kubernetes"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/server"
	"podreg/tests/cluster/state"
)

// shared is the control plane of all tests that do nothing to it. Each test has a namespace of its own.
var (
	shared *server.Server
	client *kubernetes.Clientset
)

func TestMain(m *testing.M) {
	status, err := runAll(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "cluster tests:", err)
		status = 1
	}
	os.Exit(status)
}

func runAll(m *testing.M) (status int, err error) {
	if os.Getenv("PODREG") == "" {
		return 0, fmt.Errorf("PODREG is not set; use tests/cluster/run test")
	}
	dir, err := os.MkdirTemp("", "podreg-cluster.")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	binary, err := server.Binary()
	if err != nil {
		return 0, err
	}
	if shared, err = server.Start(binary, state.Dir(dir)); err != nil {
		return 0, err
	}
	if client, err = fixture.NewClient(shared.Dir.AdminKubeconfig()); err == nil {
		status = m.Run()
	}
	if stopped := shared.Stop(); err == nil {
		err = stopped
	}
	return status, err
}
