package cluster

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// proxyServer is a proxy on 127.0.0.1 that a test has started. It ends with the test.
type proxyServer struct {
	address string
	passed  func() []string // the addresses that connections were asked for, in order
}

// url is its address, with a login when one is given.
func (p proxyServer) url(scheme string, login ...string) string {
	u := url.URL{Scheme: scheme, Host: p.address}
	if len(login) == 2 {
		u.User = url.UserPassword(login[0], login[1])
	}
	return u.String()
}

// mustHavePassed checks to where connections went through the proxy: all of them to the server, or none.
func (p proxyServer) mustHavePassed(t *testing.T, server string) {
	t.Helper()
	passed := p.passed()
	for _, address := range passed {
		if address != server {
			t.Errorf("the proxy was asked for %q", address)
		}
	}
	if (len(passed) != 0) != (server != "") {
		t.Errorf("%d connections went through the proxy, wanted those to %q", len(passed), server)
	}
}

// tinyproxy is one that connects for HTTP CONNECT; with a user and a password it wants these.
func tinyproxy(t *testing.T, login ...string) proxyServer {
	t.Helper()
	port := freePort(t)
	config := fmt.Sprintf("Port %d\nListen 127.0.0.1\nLogLevel Connect\nMaxClients 100\n", port)
	if len(login) == 2 {
		config += fmt.Sprintf("BasicAuth %s %s\n", login[0], login[1])
	}
	file := t.TempDir() + "/tinyproxy.conf"
	writeFile(t, file, config)
	return startProxy(t, port, ": CONNECT ", "tinyproxy", "-d", "-c", file)
}

// microsocks is one that speaks SOCKS5.
func microsocks(t *testing.T, login ...string) proxyServer {
	t.Helper()
	port := freePort(t)
	command := []string{"microsocks", "-i", "127.0.0.1", "-p", fmt.Sprint(port)}
	if len(login) == 2 {
		command = append(command, "-u", login[0], "-P", login[1])
	}
	return startProxy(t, port, ": connected to ", command...)
}

// startProxy returns when it listens. Behind the mark, its log has the address that was asked for.
func startProxy(t *testing.T, port int, mark string, command ...string) proxyServer {
	t.Helper()
	if _, err := exec.LookPath(command[0]); err != nil {
		t.Fatalf("%s is needed: ./dev setup cluster", command[0])
	}
	process := exec.CommandContext(t.Context(), command[0], command[1:]...)
	log := &lockedText{}
	process.Stdout, process.Stderr = log, log
	must(t, process.Start())
	t.Cleanup(func() { _ = process.Wait() }) // the test's context has ended it
	p := proxyServer{address: fmt.Sprintf("127.0.0.1:%d", port)}
	p.passed = func() (asked []string) {
		for line := range strings.Lines(log.String()) {
			if _, rest, found := strings.Cut(line, mark); found {
				asked = append(asked, strings.Fields(rest)[0])
			}
		}
		return asked
	}
	for start := time.Now(); ; time.Sleep(10 * time.Millisecond) {
		if connection, err := net.Dial("tcp", p.address); err == nil {
			_ = connection.Close()
			return p
		}
		if time.Since(start) > time.Minute {
			t.Fatalf("%s does not listen: %s", command[0], log)
		}
	}
}

// resolvingProxy is one of HTTP that knows names which this machine does not: whatever it is asked for, it
// connects to the address.
func resolvingProxy(t *testing.T, address string) proxyServer {
	t.Helper()
	var mutex sync.Mutex
	var asked []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mutex.Lock()
		asked = append(asked, r.Host)
		mutex.Unlock()
		if r.Method != http.MethodConnect {
			http.Error(w, "only CONNECT", http.StatusMethodNotAllowed)
			return
		}
		there, err := net.Dial("tcp", address)
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		here, buffered, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		fmt.Fprint(here, "HTTP/1.1 200 Connected\r\n\r\n")
		go func() {
			_, _ = io.Copy(here, there)
			_ = here.Close()
		}()
		_, _ = io.Copy(there, buffered)
		_ = there.Close()
	}))
	t.Cleanup(server.Close)
	return proxyServer{server.Listener.Addr().String(), func() []string {
		mutex.Lock()
		defer mutex.Unlock()
		return asked
	}}
}

// freePort is one that nobody listens on.
func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	must(t, listener.Close())
	return listener.Addr().(*net.TCPAddr).Port
}

// lockedText is what a process writes while a test reads it.
type lockedText struct {
	mutex sync.Mutex
	text  strings.Builder
}

func (l *lockedText) Write(bytes []byte) (int, error) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.Write(bytes)
}

func (l *lockedText) String() string {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.text.String()
}
