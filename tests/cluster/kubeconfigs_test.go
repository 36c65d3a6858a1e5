package cluster

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"podreg/tests/cluster/fixture"
)

// kubeconfigCase is a kubeconfig, or several, and a command line, that kubectl and podreg are both given.
// Its files may hold $DIR, where they are, and what a world gives; see there. Those that begin with #! can be run.
type kubeconfigCase struct {
	name     string
	files    map[string]string
	env      []string // KUBECONFIG=$DIR/config when there is none
	args     []string // of both
	offline  bool     // nothing is at its server, so that only what is resolved can be compared
	deviates *deviation
}

// deviation is where podreg on purpose does not do as kubectl does.
type deviation struct {
	because string
	kubectl string // what it says when it refuses; empty: it asks the server
	podreg  string // what it says when it refuses, with the status; empty: it asks the server
	status  int
	asks    []string // lines of what an observer notes of podreg
}

// but is the case with a deviation from kubectl.
func (c kubeconfigCase) but(d deviation) kubeconfigCase {
	c.deviates = &d
	return c
}

// one is a kubeconfig with one context, "here", of one cluster, "c", and one user, "u".
func one(cluster, user string) map[string]string {
	return map[string]string{"config": `
apiVersion: v1
kind: Config
current-context: here
contexts: [{name: here, context: {cluster: c, user: u, namespace: shop}}]
clusters: [{name: c, cluster: {` + cluster + `}}]
users: [{name: u, user: {` + user + `}}]
`}
}

// trusted is a cluster that can be reached.
const trusted = "server: $SERVER, certificate-authority-data: $CA"

// and adds a file.
func and(files map[string]string, name, content string) map[string]string {
	files[name] = content
	return files
}

// world is a server to reach, and who may be known there.
type world struct {
	server, name string // name is one that the certificate has
	ca           []byte
	identities   identities
}

type identities struct {
	token, otherToken string
	certificate, key  []byte
}

// newIdentities are those that the API server knows: the administrator's token, the ServiceAccount
// "operator" of a namespace, and the certificate of alice.
func newIdentities(t *testing.T) identities {
	t.Helper()
	namespace := newNamespace(t)
	admin, err := shared.Dir.AdminToken()
	must(t, err)
	alice := certificateOf(t, "alice", "shop-operators").Pair
	return identities{admin, tokenOf(t, namespace, "operator", fixture.Reading...), alice.Certificate, alice.Key}
}

// controlPlane is the real one.
func controlPlane(t *testing.T, who identities) world {
	t.Helper()
	ports, err := shared.Dir.Ports()
	must(t, err)
	ca, err := shared.Dir.ServerCA()
	must(t, err)
	return world{ports.Server(), "kubernetes.default", ca.PEM(), who}
}

// place is where a case has its files, and what it is run with.
type place struct {
	dir       string
	env, args []string
	fill      *strings.Replacer // of placeholders
}

// run gives the program the arguments of the case, too. Relative paths of the command line are relative
// to its files.
func (p place) run(t *testing.T, program string, args ...string) result {
	t.Helper()
	return run(t, p.env, p.command(program, args)...)
}

// runIn is the same in a pod.
func (p place) runIn(t *testing.T, account serviceAccount, program string, args ...string) result {
	t.Helper()
	return account.run(t, p.env, p.command(program, args)...)
}

func (p place) command(program string, args []string) []string {
	return slices.Concat([]string{"env", "-C", p.dir, program}, args, p.args)
}

func (c kubeconfigCase) in(t *testing.T, w world) place {
	t.Helper()
	p := place{dir: t.TempDir(), env: []string{"KUBECONFIG=$DIR/config"}}
	if c.env != nil {
		p.env = c.env
	}
	p.fill = w.placeholders(t, p.dir)
	for name, content := range c.files {
		writeFile(t, filepath.Join(p.dir, name), p.fill.Replace(content))
	}
	p.env, p.args = fillAll(p.fill, p.env), fillAll(p.fill, c.args)
	return p
}

// placeholders: those with the longer name come first where one begins like another.
func (w world) placeholders(t *testing.T, dir string) *strings.Replacer {
	t.Helper()
	encode := base64.StdEncoding.EncodeToString
	return strings.NewReplacer(
		"$DIR", dir,
		"$SERVER", w.server,
		"$LOCALHOST", strings.Replace(w.server, "127.0.0.1", "localhost", 1),
		"$HOSTPORT", strings.TrimPrefix(w.server, "https://"),
		"$NAME", w.name,
		"$CA_PEM", string(w.ca),
		"$CA", encode(w.ca),
		"$TOKEN", plant(t, w.identities.token),
		"$OTHER_TOKEN", plant(t, w.identities.otherToken),
		"$CERT_PEM", string(w.identities.certificate),
		"$CERT", encode(w.identities.certificate),
		"$KEY_PEM", plant(t, string(w.identities.key)),
		"$KEY", encode(w.identities.key),
	)
}

// writeFile makes a file that can be run when it begins with #!, and a symbolic link of "LINK -> TARGET".
func writeFile(t *testing.T, path, content string) {
	t.Helper()
	must(t, os.MkdirAll(filepath.Dir(path), 0o700))
	if link, target, found := strings.Cut(path, " -> "); found {
		must(t, os.Symlink(target, link))
		return
	}
	mode := os.FileMode(0o600)
	if strings.HasPrefix(content, "#!") {
		mode = 0o700
	}
	must(t, os.WriteFile(path, []byte(content), mode))
}

func fillAll(fill *strings.Replacer, texts []string) []string {
	filled := []string{}
	for _, text := range texts {
		filled = append(filled, fill.Replace(text))
	}
	return filled
}
