package cluster

import (
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	authorizationv1 "k8s.io/api/authorization/v1"
	"k8s.io/client-go/kubernetes/scheme"
)

// observer is an API server of nothing that notes who asks: what of a kubeconfig and of flags arrives at
// the other end. Its certificate is for 127.0.0.1 and for example.com.
type observer struct {
	URL   string
	CA    []byte // PEM
	mutex sync.Mutex
	first string // of those who asked
	asked int
}

func newObserver(t *testing.T) *observer {
	t.Helper()
	o := &observer{}
	server := httptest.NewUnstartedServer(http.HandlerFunc(o.answer))
	server.TLS = &tls.Config{ClientAuth: tls.RequestClientCert, MinVersion: tls.VersionTLS12}
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of handshakes that are meant to fail
	server.StartTLS()
	t.Cleanup(server.Close)
	o.URL = server.URL
	o.CA = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	return o
}

// answer knows what podreg asks for `services`, and kubectl for `auth can-i --list`.
func (o *observer) answer(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	o.mutex.Lock()
	defer o.mutex.Unlock()
	if o.asked++; o.asked == 1 {
		o.first = requestOf(r, body)
	}
	w.Header().Set("Content-Type", "application/json")
	if r.Method == http.MethodPost {
		w.WriteHeader(http.StatusCreated)
		fmt.Fprint(w, `{"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectRulesReview",`+
			`"status":{"resourceRules":[],"nonResourceRules":[],"incomplete":false}}`)
		return
	}
	kind := map[string]string{"services": "Service", "endpoints": "Endpoints", "pods": "Pod"}
	group := "v1"
	if strings.HasSuffix(r.URL.Path, "/pods") {
		kind["pods"], group = "PartialObjectMetadata", "meta.k8s.io/v1"
	}
	plural := r.URL.Path[strings.LastIndex(r.URL.Path, "/")+1:]
	fmt.Fprintf(w, `{"apiVersion":%q,"kind":"%sList","metadata":{"resourceVersion":"1"},"items":[]}`, group, kind[plural])
}

// noted is what the first request said, and forgets it; empty when there was none.
func (o *observer) noted() string {
	o.mutex.Lock()
	defer o.mutex.Unlock()
	first := o.first
	o.first, o.asked = "", 0
	return first
}

var namespaceInPath = regexp.MustCompile(`^(.*)/api/v1/namespaces/([^/]+)/`)

// requestOf is everything that says to whom a request goes, and from whom.
func requestOf(r *http.Request, body []byte) string {
	base, _, _ := strings.Cut(r.URL.Path, "/apis/")
	namespace := "unknown"
	if found := namespaceInPath.FindStringSubmatch(r.URL.Path); found != nil {
		base, namespace = found[1], found[2]
	} else if object, _, err := scheme.Codecs.UniversalDeserializer().Decode(body, nil, nil); err == nil {
		namespace = object.(*authorizationv1.SelfSubjectRulesReview).Spec.Namespace
	}
	lines := []string{"path: " + base, "namespace: " + namespace, "host: " + r.Host, "server name: " + r.TLS.ServerName}
	for _, certificate := range r.TLS.PeerCertificates {
		lines = append(lines, "certificate: "+certificate.Subject.String())
	}
	for name, values := range r.Header {
		if name == "Authorization" || strings.HasPrefix(name, "Impersonate-") {
			slices.Sort(values)
			lines = append(lines, fmt.Sprintf("%s: %q", name, values))
		}
	}
	if r.Header.Get("Authorization") == "" && len(r.TLS.PeerCertificates) == 0 {
		lines = append(lines, "anonymous")
	}
	slices.Sort(lines[4:])
	return strings.Join(lines, "\n")
}
