package cluster

import (
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

// registryWith is a registry URL of the control plane with those parameters and nothing else.
func registryWith(t *testing.T, parameters map[string]string) string {
	t.Helper()
	ports, err := shared.Dir.Ports()
	must(t, err)
	query := url.Values{}
	for name, value := range parameters {
		query.Set(name, value)
	}
	// Dubbo takes a plus for itself.
	return "kubernetes" + strings.TrimPrefix(ports.Server(), "https") + "?" +
		strings.ReplaceAll(query.Encode(), "+", "%20")
}

func serverCA(t *testing.T) string {
	t.Helper()
	ca, err := shared.Dir.ServerCA()
	must(t, err)
	return string(ca.PEM())
}

func fileWith(t *testing.T, content string) string {
	t.Helper()
	file := t.TempDir() + "/file"
	must(t, os.WriteFile(file, []byte(content), 0o600))
	return file
}

// mustSeeOrderBy checks that whoever has the registry URL sees the instance of shop-order.
func mustSeeOrderBy(t *testing.T, kubeconfig, registry string, more ...string) result {
	t.Helper()
	ran := podreg(t, kubeconfig, append([]string{"instances", "shop-order", "-o", "json", "--registry", registry}, more...)...)
	mustBe(t, endpoints(ran.instances(t)), []string{"shop-order-1 10.244.0.1:20880"})
	return ran
}

func orderForAlice(t *testing.T) (fixture.Namespace, state.Pair) {
	t.Helper()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	must(t, namespace.AllowUser(t.Context(), "alice", fixture.Reading...))
	return namespace, *certificateOf(t, "alice").Pair
}

func TestARegistryURLSignsInByToken(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	_, err := namespace.ServiceAccount(t.Context(), "operator", fixture.Reading...)
	must(t, err)
	token, err := namespace.Token(t.Context(), "operator", time.Hour)
	must(t, err)
	parameters := map[string]string{"namespace": namespace.Name, "oauthToken": token, "caCertData": serverCA(t),
		"connectionTimeout": "5000", "requestTimeout": "20000", "http2Disable": "true", "backup": "127.0.0.1:1"}

	mustSeeOrderBy(t, "", registryWith(t, parameters))

	parameters["oauthToken"] = "an-invented-secret"
	refused := podreg(t, "", "instances", "shop-order", "-vv", "--registry", registryWith(t, parameters))
	refused.mustExit(t, 4)
	mustNotContain(t, refused.stdout+refused.stderr, "an-invented-secret")
}

func TestARegistryURLSignsInByCertificateAsDataAndAsFiles(t *testing.T) {
	namespace, alice := orderForAlice(t)

	mustSeeOrderBy(t, "", registryWith(t, map[string]string{"namespace": namespace.Name,
		"caCertData":     base64.StdEncoding.EncodeToString([]byte(serverCA(t))),
		"clientCertData": base64.StdEncoding.EncodeToString(alice.Certificate),
		"clientKeyData":  string(alice.Key), "clientKeyAlgo": "EC"}))
	mustSeeOrderBy(t, "", registryWith(t, map[string]string{"namespace": namespace.Name,
		"caCertFile":     fileWith(t, serverCA(t)),
		"clientCertFile": fileWith(t, string(alice.Certificate)),
		"clientKeyFile":  fileWith(t, string(alice.Key))}))
}

func TestARegistryURLSignsInWithAnEncryptedKey(t *testing.T) {
	namespace, alice := orderForAlice(t)
	parameters := map[string]string{"namespace": namespace.Name, "caCertData": serverCA(t),
		"clientCertData": string(alice.Certificate), "clientKeyData": encrypted(t, alice.Key, "the passphrase"),
		"clientKeyPassphrase": "the passphrase"}

	mustSeeOrderBy(t, "", registryWith(t, parameters))

	parameters["clientKeyPassphrase"] = "another-secret"
	refused := podreg(t, "", "instances", "shop-order", "--registry", registryWith(t, parameters))
	refused.mustExit(t, 7, "clientKeyData of --registry", "passphrase is wrong")
	mustNotContain(t, refused.stderr, "another-secret")
}

func TestARegistryURLMayTrustWhateverCertificateAndSaysSo(t *testing.T) {
	namespace, alice := orderForAlice(t)
	parameters := map[string]string{"namespace": namespace.Name,
		"clientCertData": string(alice.Certificate), "clientKeyData": string(alice.Key)}
	podreg(t, "", "instances", "shop-order", "--registry", registryWith(t, parameters)).mustExit(t, 5, "certificate")

	parameters["trustCerts"] = "true"
	ran := mustSeeOrderBy(t, "", registryWith(t, parameters))
	mustContain(t, ran.stderr, "trustCerts=true", "not checked")

	unchecked := podreg(t, "", "instances", "shop-order", "--registry", registryWith(t, parameters),
		"--certificate-authority", fileWith(t, string(alice.Certificate)))
	unchecked.mustExit(t, 5, "certificate")
	mustNotContain(t, unchecked.stderr, "not checked")
}

func TestARegistryURLFallsBackToTheKubeconfig(t *testing.T) {
	namespace, alice := orderForAlice(t)
	kubeconfig := kubeconfigOf(t, namespace, state.Identity{Pair: &alice})

	mustSeeOrderBy(t, kubeconfig, registryWith(t, nil))
	podreg(t, kubeconfig, "instances", "shop-order", "--registry", registryWith(t, map[string]string{"namespace": "elsewhere"})).
		mustExit(t, 4, "elsewhere")
	mustSeeOrderBy(t, kubeconfig, registryWith(t, map[string]string{"namespace": "elsewhere"}), "-n", namespace.Name)
}

// encrypted is the key as `openssl ec -aes128` writes it. Go calls that format deprecated, because it
// is weak; podreg only has to read it.
func encrypted(t *testing.T, key []byte, passphrase string) string {
	t.Helper()
	block, _ := pem.Decode(key)
	locked, err := x509.EncryptPEMBlock(rand.Reader, block.Type, block.Bytes, []byte(passphrase), x509.PEMCipherAES128)
	must(t, err)
	return string(pem.EncodeToMemory(locked))
}
