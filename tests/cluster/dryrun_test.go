package cluster

import (
	"testing"

	"podreg/tests/cluster/fixture"
)

// eachChange is a command of each kind that would change healthyOrder(1), and what it does.
var eachChange = []struct {
	action string
	args   []string
}{
	{"registered", []string{"register", "shop-order-1", "--endpoint", "tri:50051"}},
	{"updated", []string{"update", "shop-order-1", "--set", "zone=z1"}},
	{"unregistered", []string{"unregister", "shop-order-1"}},
}

func TestADryRunOnTheServerChangesNothing(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	gate := newGateway(t, namespace, nil)

	for _, would := range eachChange {
		mustKeep(t, namespace, func() {
			ran := podreg(t, gate.kubeconfig, append(would.args, "--dry-run", "server", "-o", "json")...)
			said := ran.registrations(t).Items[0]
			mustSay(t, said, would.action)
		})
	}

	gate.mustHaveWritten(t, len(eachChange))
	for _, write := range gate.writes {
		if write.URL.Query().Get("dryRun") != "All" {
			t.Errorf("no dry run: %s", write.URL)
		}
	}
}

func TestADryRunOfTheClientAsksForNoChange(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	gate := newGateway(t, namespace, nil)

	for _, would := range eachChange {
		mustKeep(t, namespace, func() {
			ran := podreg(t, gate.kubeconfig, append(would.args, "--dry-run", "client", "-o", "json")...)
			mustSay(t, ran.registrations(t).Items[0], would.action)
		})
	}

	gate.mustHaveWritten(t, 0)
}

func TestADryRunSaysWhatWouldBeRegistered(t *testing.T) {
	namespace := provide(t, healthyOrder(1))

	for _, where := range []string{"client", "server"} {
		said := change(t, namespace, "update", "--set", "zone=z1", "--dry-run", where)
		mustHave(t, said.Metadata, "zone", "z1")
		mustHave(t, said.Metadata, "dubbo.metadata.revision", revision)

		ran := in(t, namespace, "update", "shop-order-1", "--set", "zone=z1", "--dry-run", where)
		ran.mustExit(t, 0)
		mustContain(t, ran.stdout+ran.stderr, "updated", "dry run")
	}
}

// What podreg cannot know: whether the server would let it.
func TestADryRunIsValidatedOnTheServerOnly(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	kubeconfig := operatorOf(t, namespace, fixture.Reading...)

	for _, would := range eachChange {
		podreg(t, kubeconfig, append(would.args, "--dry-run", "client")...).mustExit(t, 0)
		podreg(t, kubeconfig, append(would.args, "--dry-run", "server")...).mustExit(t, 4, "patch", "pods", namespace.Name)
	}
}

func TestAnotherKindOfDryRunIsWrongUse(t *testing.T) {
	namespace := provide(t, healthyOrder(1))

	mustKeep(t, namespace, func() {
		in(t, namespace, "update", "shop-order-1", "--set", "zone=z1", "--dry-run", "none-such").mustExit(t, 2, "client", "server")
	})
}
