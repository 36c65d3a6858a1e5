// Package peer tests podreg beside the real Dubbo: a provider, a consumer, and Dubbo's own view of the
// registry, all on one control plane.
package peer

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"k8s.io/client-go/kubernetes"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/server"
	"podreg/tests/cluster/state"
)

// settings are where `run` has put everything.
var settings = struct {
	podreg, build string
	addresses     []string // that processes of the tests may listen on, each a pod's
}{
	os.Getenv("PODREG"), os.Getenv("PODREG_PEER_BUILD"), strings.Fields(os.Getenv("PODREG_PEER_ADDRESSES")),
}

// What all tests share. Each has a namespace of its own, and none runs beside another: the providers
// all want the same ports.
var (
	shared *server.Server
	client *kubernetes.Clientset
	dubbo  *registry
)

func TestMain(m *testing.M) {
	status, err := runAll(m)
	if err != nil {
		fmt.Fprintln(os.Stderr, "peer tests:", err)
		status = 1
	}
	os.Exit(status)
}

func runAll(m *testing.M) (status int, err error) {
	if settings.podreg == "" || settings.build == "" || len(settings.addresses) != 2 {
		return 0, errors.New("this is run by: tests/peer/run test")
	}
	dir, err := os.MkdirTemp("", "podreg-peer.")
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	binary, err := server.Binary()
	if err != nil {
		return 0, err
	}
	if shared, err = server.Start(binary, state.Dir(dir)); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, shared.Stop()) }()
	if client, err = fixture.NewClient(kubeconfig()); err != nil {
		return 0, err
	}
	if dubbo, err = startRegistry(); err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, dubbo.end()) }()
	return m.Run(), nil
}

// kubeconfig is one that Dubbo can use, too: it reads no client key of the kind that ours have.
func kubeconfig() string { return shared.Dir.TokenKubeconfig() }
