package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/util/cert"
	"k8s.io/klog/v2"
	"k8s.io/kubelet/pkg/cri/streaming/portforward"

	"podreg/tests/cluster/state"
)

// startKubelet serves GET and POST /portForward/NAMESPACE/POD as a kubelet does, and nothing else.
// The API server does not check a kubelet's certificate unless it is told to.
func startKubelet(ctx context.Context, client kubernetes.Interface, ports state.Ports) error {
	certificate, key, err := cert.GenerateSelfSignedCertKey("127.0.0.1", nil, nil)
	if err != nil {
		return err
	}
	pair, err := tls.X509KeyPair(certificate, key)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", ports.Kubelet))
	if err != nil {
		return err
	}
	server := &http.Server{
		Handler:           http.HandlerFunc(kubelet{client}.portForward),
		ReadHeaderTimeout: 10 * time.Second,
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12},
		// No HTTP/2: the connection is taken over for SPDY or a WebSocket.
		TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
	}
	go func() { klog.InfoS("The kubelet ended", "err", server.ServeTLS(listener, "", "")) }()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return nil
}

type kubelet struct{ client kubernetes.Interface }

func (k kubelet) portForward(w http.ResponseWriter, r *http.Request) {
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if len(path) < 3 || path[0] != "portForward" {
		http.NotFound(w, r)
		return
	}
	options, err := portforward.NewV4Options(r)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	portforward.ServePortForward(w, r, forwarder{k.client, path[1]}, path[2], "", options,
		time.Hour, 30*time.Second, portforward.SupportedProtocols)
}
