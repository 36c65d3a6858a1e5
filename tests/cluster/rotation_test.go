package cluster

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

// Tokens that expire while podreg runs. The API server grants none for less than ten minutes, so one that
// has expired is forged, and replaced in its file when podreg has read it: at its first request.

// rotatingToken is a file with a token that has expired, and what replaces it.
type rotatingToken struct {
	file, next string
	namespace  fixture.Namespace
}

func newRotatingToken(t *testing.T) rotatingToken {
	t.Helper()
	namespace := newNamespace(t)
	account, err := namespace.ServiceAccount(t.Context(), "operator", fixture.Registering...)
	must(t, err)
	expired, err := namespace.TokenValidUntil(shared.Dir, account, time.Now().Add(-time.Hour))
	must(t, err)
	next, err := namespace.Token(t.Context(), "operator", time.Hour)
	must(t, err)
	rotating := rotatingToken{t.TempDir() + "/token", plant(t, next), namespace}
	writeFile(t, rotating.file, plant(t, expired)+"\n")
	return rotating
}

// replacedBy is a gateway at whose first request the file gets another content, and then a kubeconfig
// that names the gateway.
func (r rotatingToken) replacedBy(t *testing.T, content string) *gateway {
	t.Helper()
	return newGateway(t, r.namespace, func(number int) error {
		if number == 1 {
			writeFile(t, r.file, content)
		}
		return nil
	})
}

// withUser is the gateway's kubeconfig with another user.
func (g *gateway) withUser(t *testing.T, user api.AuthInfo) string {
	t.Helper()
	config, err := clientcmd.LoadFromFile(g.kubeconfig)
	must(t, err)
	for name := range config.AuthInfos {
		config.AuthInfos[name] = &user
	}
	path := t.TempDir() + "/kubeconfig"
	must(t, state.WriteKubeconfig(config, path))
	return path
}

// serviceAccount is one whose server is the gateway, and whose token is in the rotating file.
func (g *gateway) serviceAccount(t *testing.T, rotating rotatingToken) serviceAccount {
	t.Helper()
	config, err := clientcmd.LoadFromFile(g.kubeconfig)
	must(t, err)
	account := serviceAccount{files: filepath.Dir(rotating.file)}
	for _, cluster := range config.Clusters {
		account.server = strings.TrimPrefix(cluster.Server, "https://")
		writeFile(t, account.files+"/ca.crt", string(cluster.CertificateAuthorityData))
	}
	return account
}

func (r rotatingToken) mustBeOperator(t *testing.T, ran result) {
	t.Helper()
	if user := ran.whoamiOfPodreg(t); user != "system:serviceaccount:"+r.namespace.Name+":operator" {
		t.Errorf("it is %q: %s", user, ran.stderr)
	}
}

func TestATokenFileIsReadAgainWhenItsTokenHasExpired(t *testing.T) {
	t.Parallel()
	rotating := newRotatingToken(t)
	gate := rotating.replacedBy(t, rotating.next)

	ran := podreg(t, gate.withUser(t, api.AuthInfo{TokenFile: rotating.file}), "config", "check", "-o", "json", "-vvv")

	rotating.mustBeOperator(t, ran)
	mustContain(t, ran.stderr, "401")
}

func TestATokenFileOfTheCommandLineIsReadAgainToo(t *testing.T) {
	t.Parallel()
	rotating := newRotatingToken(t)
	gate := rotating.replacedBy(t, rotating.next)

	ran := podreg(t, gate.withUser(t, api.AuthInfo{}), "config", "check", "-o", "json", "-vvv", "--token-file", rotating.file)

	rotating.mustBeOperator(t, ran)
}

func TestInAPodTheTokenIsReadAgainWhenItHasExpired(t *testing.T) {
	t.Parallel()
	rotating := newRotatingToken(t)
	gate := rotating.replacedBy(t, rotating.next)

	ran := gate.serviceAccount(t, rotating).run(t, nil, podregBinary(), "config", "check", "-o", "json", "-vvv")

	rotating.mustBeOperator(t, ran)
}

func TestAnExpiredTokenThatNobodyReplacesIsNotTriedForever(t *testing.T) {
	t.Parallel()
	rotating := newRotatingToken(t)
	gate := newGateway(t, rotating.namespace, nil)

	podreg(t, gate.withUser(t, api.AuthInfo{TokenFile: rotating.file}), "update", "shop-order-1", "--timestamp", "-vvv").mustExit(t, 4)
}

func TestATokenFileThatHasBecomeEmptyIsNamed(t *testing.T) {
	t.Parallel()
	rotating := newRotatingToken(t)
	gate := rotating.replacedBy(t, "\n")

	podreg(t, gate.withUser(t, api.AuthInfo{TokenFile: rotating.file}), "config", "check", "-vvv").mustExit(t, 7, rotating.file, "empty")
}

func TestAChangeIsMadeAfterItsTokenHasExpired(t *testing.T) {
	t.Parallel()
	rotating := newRotatingToken(t)
	serveOrder(t, rotating.namespace, healthyOrder(1))
	expired, err := os.ReadFile(rotating.file)
	must(t, err)
	writeFile(t, rotating.file, rotating.next) // good for what podreg reads first
	gate := newGateway(t, rotating.namespace, func(number int) error {
		if number == 1 {
			return sendWithToken(strings.TrimSpace(string(expired)))
		}
		return nil
	})

	podreg(t, gate.withUser(t, api.AuthInfo{TokenFile: rotating.file}), "update", "shop-order-1", "--set", "zone=z1", "-vvv").mustExit(t, 0)

	gate.mustHaveWritten(t, 2)
	mustHave(t, registeredOn(t, rotating.namespace, "shop-order-1"), "zone", "z1")
}
