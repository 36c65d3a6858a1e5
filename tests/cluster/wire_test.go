package cluster

import (
	"fmt"
	"io"
	"net"
	"sync"
	"testing"

	"k8s.io/client-go/tools/clientcmd"

	"podreg/tests/cluster/state"
)

// wire stands between podreg and the API server as a load balancer does that does not look at what it
// passes on: it cuts connections wherever it likes, and it freezes.
type wire struct {
	kubeconfig string
	server     string
	mutex      sync.Mutex
	accepted   []*wired
	asked      int64 // bytes that podreg has sent
}

// Write counts what podreg sends.
func (w *wire) Write(bytes []byte) (int, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.asked += int64(len(bytes))
	return len(bytes), nil
}

// wired is one connection through it.
type wired struct {
	client, server net.Conn
	left           int  // bytes of the server before it is cut; negative: all
	frozen         bool // nothing of the server is passed on any more
}

// newWire is one to that control plane, for its administrator.
func newWire(t *testing.T, dir state.Dir) *wire {
	t.Helper()
	ports, err := dir.Ports()
	must(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	w := &wire{server: fmt.Sprintf("127.0.0.1:%d", ports.APIServer)}
	go w.accept(listener)
	t.Cleanup(func() {
		must(t, listener.Close())
		w.forEach(func(c *wired) { c.end() })
	})
	config, err := clientcmd.LoadFromFile(dir.AdminKubeconfig())
	must(t, err)
	for _, cluster := range config.Clusters {
		cluster.Server = "https://" + listener.Addr().String()
	}
	w.kubeconfig = t.TempDir() + "/kubeconfig"
	must(t, state.WriteKubeconfig(config, w.kubeconfig))
	return w
}

// accept ends with the listener.
func (w *wire) accept(listener net.Listener) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial("tcp", w.server)
		if err != nil {
			_ = client.Close() // to the client it is a server that is gone
			continue
		}
		c := &wired{client: client, server: server, left: -1}
		w.mutex.Lock()
		w.accepted = append(w.accepted, c)
		w.mutex.Unlock()
		go func() {
			_, _ = io.Copy(io.MultiWriter(server, w), client) // how it ends says nothing
			c.end()
		}()
		go w.pass(c)
	}
}

// pass hands on what the server says, as long as it may.
func (w *wire) pass(c *wired) {
	buffer := make([]byte, 16<<10)
	for {
		size, err := c.server.Read(buffer)
		w.mutex.Lock()
		frozen, most := c.frozen, size
		if c.left >= 0 {
			most = min(size, c.left)
			c.left -= most
		}
		w.mutex.Unlock()
		if frozen {
			if err != nil {
				return // the client is not told
			}
			continue
		}
		if _, wrong := c.client.Write(buffer[:most]); err != nil || wrong != nil || most < size {
			c.end()
			return
		}
	}
}

func (c *wired) end() {
	_ = c.client.Close() // may be closed already, as the other
	_ = c.server.Close()
}

func (w *wire) forEach(do func(*wired)) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for _, c := range w.accepted {
		do(c)
	}
}

// cutAfter lets so many more bytes of the server through on each connection that there is, and then cuts it.
func (w *wire) cutAfter(bytes int) { w.forEach(func(c *wired) { c.left = bytes }) }

// freeze holds back all that the server says on the connections that there are.
func (w *wire) freeze() { w.forEach(func(c *wired) { c.frozen = true }) }

// connections is how many there have been, and sent how many bytes podreg has sent.
func (w *wire) connections() int {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return len(w.accepted)
}

func (w *wire) sent() int64 {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.asked
}
