// controlplane is a Kubernetes control plane in one process, for tests: etcd, kube-apiserver, the
// controllers that fill Endpoints and EndpointSlices, and the port-forward part of a kubelet.
//
// It listens on 127.0.0.1 only, prints the line "ready" when it can be used, and logs into its state
// directory. It stops on SIGTERM and SIGINT.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"podreg/tests/cluster/state"
)

func main() {
	dir := flag.String("dir", "", "state directory; made when it does not exist")
	exitWithStdin := flag.Bool("exit-with-stdin", false,
		"stop when standard input ends, as it does when the parent process dies")
	flag.Parse()
	if *dir == "" || flag.NArg() > 0 {
		flag.Usage()
		os.Exit(2)
	}

	apiServer := newAPIServer()
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	if *exitWithStdin {
		go func() {
			_, _ = io.Copy(io.Discard, os.Stdin)
			cancel()
		}()
	}

	terminal, err := keepTerminal()
	if err == nil {
		err = run(ctx, state.Dir(*dir), apiServer, terminal)
	}
	if err != nil {
		fmt.Fprintf(terminal.err, "controlplane: error: %v (log: %s)\n", err, state.Dir(*dir).Log())
		os.Exit(1)
	}
}

// run starts every part in the order in which they need each other, and returns when ctx ends.
func run(ctx context.Context, dir state.Dir, apiServer *apiServer, terminal terminal) error {
	if err := dir.Create(); err != nil {
		return err
	}
	release, err := claim(dir)
	if err != nil {
		return err
	}
	defer release()
	if err := redirectOutput(dir.Log()); err != nil {
		return err
	}

	ports, err := dir.EnsurePorts()
	if err != nil {
		return err
	}
	credentials, err := dir.EnsureCredentials()
	if err != nil {
		return err
	}
	if err := dir.WriteAdminKubeconfigs(); err != nil {
		return err
	}

	etcd, err := startEtcd(dir, ports)
	if err != nil {
		return err
	}
	defer closeEtcd(etcd)
	apiServer.start(dir, ports, credentials)
	defer apiServer.stop()

	client, err := adminClient(dir)
	if err != nil {
		return err
	}
	if err := apiServer.waitUntilReady(ctx, client, time.Minute); err != nil {
		return err
	}
	if err := startKubelet(ctx, client, ports); err != nil {
		return err
	}
	if err := ensureNodes(ctx, client, ports); err != nil {
		return err
	}
	startControllers(ctx, client)

	fmt.Fprintln(terminal.out, "ready")
	_ = terminal.out.Close()
	select {
	case <-ctx.Done():
		return nil
	case err := <-apiServer.ended:
		return fmt.Errorf("the API server ended: %w", err)
	}
}
