package cluster

import (
	"net/url"
	"os"
	"strings"
	"testing"

	"podreg/tests/cluster/fixture"
)

// registryOf is the address of the registry as it stands in an application's own configuration.
func registryOf(t *testing.T, namespace fixture.Namespace, parameters string) string {
	t.Helper()
	ports, err := shared.Dir.Ports()
	must(t, err)
	ca, err := shared.Dir.ServerCA()
	must(t, err)
	token, err := shared.Dir.AdminToken()
	must(t, err)
	file := t.TempDir() + "/ca.crt"
	must(t, os.WriteFile(file, ca.PEM(), 0o600))
	return "kubernetes" + strings.TrimPrefix(ports.Server(), "https") + "?namespace=" + namespace.Name +
		"&caCertFile=" + url.QueryEscape(file) + "&oauthToken=" + url.QueryEscape(token) + parameters
}

func TestTheRegistryOfTheApplicationIsWrittenTo(t *testing.T) {
	namespace := provide(t, orderPod(1))
	registry := registryOf(t, namespace, "")

	podreg(t, "", "register", "shop-order-1", "--endpoint", "dubbo:20880", "--registry", registry).mustExit(t, 0)
	registeredOn(t, namespace, "shop-order-1")

	podreg(t, "", "unregister", "shop-order-1", "--registry", registry).mustExit(t, 0)
	mustNotBeRegistered(t, namespace, "shop-order-1")
}

func TestARegistryThatDoesNotRegisterIsNotWrittenTo(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	registry := registryOf(t, namespace, "&enableRegister=false")

	for _, would := range eachChange {
		mustKeep(t, namespace, func() {
			said := podreg(t, "", append(would.args, "--registry", registry, "-o", "json")...).registrations(t)
			mustBe(t, acted(said), []string{"shop-order-1 disabled"})
		})
	}
	mustKeep(t, namespace, func() {
		podreg(t, "", "unregister", "--selector", "app=shop-order", "--registry", registry).mustExit(t, 0)
	})
}
