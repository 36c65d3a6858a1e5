package main

import (
	"context"
	"io"
	"net"
	"strconv"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"

	"podreg/tests/cluster/state"
)

// forwarder connects a stream to a port of a pod, which stands for a port of this machine.
type forwarder struct {
	client    kubernetes.Interface
	namespace string
}

// PortForward ends when both directions have ended; one may be half closed before.
func (f forwarder) PortForward(ctx context.Context, name string, _ types.UID, port int32, stream io.ReadWriteCloser) error {
	pod, err := f.client.CoreV1().Pods(f.namespace).Get(ctx, name, metav1.GetOptions{})
	if err != nil {
		return err
	}
	address := pod.Annotations[state.ForwardAddress]
	if address == "" {
		address = "127.0.0.1"
	}
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", net.JoinHostPort(address, strconv.Itoa(int(port))))
	if err != nil {
		return err
	}
	defer conn.Close()
	go func() {
		_, _ = io.Copy(conn, stream)
		_ = conn.(*net.TCPConn).CloseWrite()
	}()
	_, err = io.Copy(stream, conn)
	return err
}
