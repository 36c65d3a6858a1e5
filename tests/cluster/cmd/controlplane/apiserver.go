package main

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/client-go/kubernetes"
	"k8s.io/kubernetes/cmd/kube-apiserver/app"

	"podreg/tests/cluster/state"
)

// apiServer is the real kube-apiserver, as its own command would start it.
type apiServer struct {
	command *cobra.Command
	ended   chan error // its error, once it ended by itself or was stopped
}

// newAPIServer must come before anything else that handles signals. The command installs a handler
// that ends the process at the second signal or request; it is taken away, stop does its part.
func newAPIServer() *apiServer {
	command := app.NewAPIServerCommand()
	signal.Reset(syscall.SIGINT, syscall.SIGTERM)
	return &apiServer{command, make(chan error, 1)}
}

func (s *apiServer) start(dir state.Dir, ports state.Ports, credentials state.Credentials) {
	etcd := loopback(ports.Etcd)
	s.command.SetArgs([]string{
		"--etcd-servers=" + etcd.String(),
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", ports.APIServer),
		"--cert-dir=" + dir.CertDir(),
		"--tls-cert-file=" + credentials.ServerCertFile,
		"--tls-private-key-file=" + credentials.ServerKeyFile,
		"--client-ca-file=" + credentials.ClientCAFile,
		"--token-auth-file=" + credentials.TokensFile,
		"--service-account-issuer=" + state.Issuer,
		"--service-account-key-file=" + credentials.ServiceAccountKeyFile,
		"--service-account-signing-key-file=" + credentials.ServiceAccountKeyFile,
		"--authorization-mode=RBAC",
		"--service-cluster-ip-range=10.96.0.0/16,fd00:10:96::/112",
		// Pods are made without a ServiceAccount: no controller here creates the default one.
		"--disable-admission-plugins=ServiceAccount",
		// No Endpoints "kubernetes" of its own: it would warn about the loopback address.
		"--endpoint-reconciler-type=none",
		"--kubelet-preferred-address-types=InternalIP",
		"--allow-privileged=true",
		// A server that stops ends the watches that are open; by default it waits for them.
		"--shutdown-watch-termination-grace-period=1s",
		"--profiling=false",
	})
	go func() { s.ended <- s.command.Execute() }()
}

// waitUntilReady asks often: a test that starts a control plane waits for this.
func (s *apiServer) waitUntilReady(ctx context.Context, client kubernetes.Interface, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		_, notReady := client.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(ctx)
		if notReady == nil {
			return nil
		}
		select {
		case err := <-s.ended:
			s.ended <- err // stop waits for it, too
			return fmt.Errorf("the API server did not start: %w", err)
		case <-ctx.Done():
			return errors.Join(ctx.Err(), notReady)
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// stop ends the server in order, but does not wait longer than a test would: open watches keep a
// graceful shutdown busy for a minute.
func (s *apiServer) stop() {
	genericapiserver.RequestShutdown()
	select {
	case <-s.ended:
	case <-time.After(2 * time.Second):
	}
}
