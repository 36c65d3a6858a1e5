package cluster

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"sync"
	"testing"
	"time"

	"k8s.io/client-go/tools/clientcmd/api"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

// gateway stands between podreg and the API server. It notes what is asked to be changed, and lets a
// test be faster than podreg: something else happens just before a change is passed on.
// An answer that the test asks to be lost is not passed back.
type gateway struct {
	kubeconfig string
	mutex      sync.Mutex
	writes     []*http.Request // everything but GET
	ahead      time.Duration   // how far its clock is; set before anything is asked
}

// newGateway is one for the administrator. The function is called before each change is passed on, with
// its number from 1 on; it may be nil.
func newGateway(t *testing.T, namespace fixture.Namespace, beforeWrite func(number int) error) *gateway {
	t.Helper()
	ports, err := shared.Dir.Ports()
	must(t, err)
	server, err := url.Parse(ports.Server())
	must(t, err)
	ca, err := shared.Dir.ServerCA()
	must(t, err)
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(ca.PEM())
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}}
	g := &gateway{}
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(server) },
		Transport: transport,
		ModifyResponse: func(r *http.Response) error {
			r.Header.Set("Date", time.Now().Add(g.ahead).UTC().Format(http.TimeFormat))
			return nil
		},
	}
	listener := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			number := g.note(r)
			if beforeWrite != nil {
				var token sendWithToken
				if err := beforeWrite(number); errors.Is(err, errLoseAnswer) {
					proxy.ServeHTTP(httptest.NewRecorder(), r)
					panic(http.ErrAbortHandler) // ends the connection
				} else if errors.As(err, &token) {
					r.Header.Set("Authorization", "Bearer "+string(token))
				} else if err != nil {
					t.Error(err)
				}
			}
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		listener.Close()
		transport.CloseIdleConnections()
	})

	token, err := shared.Dir.AdminToken()
	must(t, err)
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: listener.Certificate().Raw})
	g.kubeconfig = kubeconfigOf(t, namespace, state.Identity{Token: token}, func(config *api.Config) {
		for _, cluster := range config.Clusters {
			cluster.Server, cluster.CertificateAuthorityData = listener.URL, certificate
		}
	})
	return g
}

// errLoseAnswer is what the function returns that a gateway calls, for a connection that breaks after the
// change has been made.
var errLoseAnswer = errors.New("the answer is to be lost")

// sendWithToken is what it returns for a change that is to arrive with this token instead of podreg's.
type sendWithToken string

func (sendWithToken) Error() string { return "another token is to be sent" }

func (g *gateway) note(r *http.Request) (number int) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.writes = append(g.writes, r)
	return len(g.writes)
}

// mustHaveWritten checks how often it was asked to change something.
func (g *gateway) mustHaveWritten(t *testing.T, times int) {
	t.Helper()
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if len(g.writes) != times {
		t.Errorf("%d changes were asked for, wanted %d", len(g.writes), times)
	}
}
