package state

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net"
	"os"
)

// Ports are those that a control plane listens on, all on 127.0.0.1.
type Ports struct {
	APIServer int `json:"apiserver"`
	Etcd      int `json:"etcd"`
	EtcdPeer  int `json:"etcdPeer"`
	Kubelet   int `json:"kubelet"`
}

// Server is the API server's address, as it stands in a kubeconfig.
func (p Ports) Server() string { return fmt.Sprintf("https://127.0.0.1:%d", p.APIServer) }

// Ports returns the recorded ports.
func (d Dir) Ports() (Ports, error) {
	var p Ports
	content, err := os.ReadFile(d.ports())
	if err != nil {
		return p, err
	}
	return p, json.Unmarshal(content, &p)
}

// EnsurePorts returns the recorded ports, or chooses free ones and records them.
func (d Dir) EnsurePorts() (Ports, error) {
	p, err := d.Ports()
	if !errors.Is(err, fs.ErrNotExist) {
		return p, err
	}
	chosen := map[int]bool{}
	for _, port := range []*int{&p.APIServer, &p.Etcd, &p.EtcdPeer, &p.Kubelet} {
		if *port, err = freePort(chosen); err != nil {
			return p, err
		}
	}
	content, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return p, err
	}
	return p, writeSecret(d.ports(), append(content, '\n'))
}

// freePort looks below the range that kernels give to outgoing connections: a port from there could
// be taken by one of those while the control plane is stopped, and it must come back on the same.
func freePort(chosen map[int]bool) (int, error) {
	const first, last = 14000, 19999
	for range 1000 {
		port := first + rand.IntN(last-first+1)
		if chosen[port] {
			continue
		}
		l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue
		}
		chosen[port] = true
		return port, l.Close()
	}
	return 0, fmt.Errorf("no free port between %d and %d", first, last)
}
