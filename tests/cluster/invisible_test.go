package cluster

import (
	"testing"

	"podreg/tests/cluster/fixture"
)

// A registration that no consumer will see is made all the same, with a warning.

func TestATerminatingPodIsRegisteredWithAWarning(t *testing.T) {
	namespace := provide(t, orderPod(1))
	must(t, namespace.Terminate(t.Context(), "shop-order-1"))

	mustWarnOfRegistering(t, namespace, "terminating")
}

func TestAFinishedPodIsRegisteredWithAWarning(t *testing.T) {
	namespace := provide(t, orderPod(1))
	must(t, namespace.Finish(t.Context(), "shop-order-1"))

	mustWarnOfRegistering(t, namespace, "finished")
}

func TestAPodOfNoServiceIsRegisteredWithAWarning(t *testing.T) {
	namespace := newNamespace(t)
	must(t, namespace.Service(t.Context(), "shop-stock", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), orderPod(1)))

	mustWarnOfRegistering(t, namespace, "Service")
}

// mustWarnOfRegistering registers and updates shop-order-1, and checks that there is one warning each time.
func mustWarnOfRegistering(t *testing.T, namespace fixture.Namespace, word string) {
	t.Helper()
	for _, command := range [][]string{
		{"register", "--endpoint", "dubbo:20880", "--services", "@" + golden + ".json"}, {"update", "--set", "zone=z1"},
	} {
		args := append([]string{command[0], "shop-order-1", "-o", "json"}, command[1:]...)
		ran := in(t, namespace, args...)
		said := ran.registrations(t)
		if len(said.Warnings) != 1 {
			t.Fatalf("%d warnings, wanted 1: %v", len(said.Warnings), said.Warnings)
		}
		warning := said.Warnings[0]
		mustContain(t, warning.Message, "shop-order-1", word, "consumer")
		if warning.Code == "" || warning.Pod != "shop-order-1" {
			t.Errorf("code or pod are wrong: %+v", warning)
		}
	}
	mustHave(t, registeredOn(t, namespace, "shop-order-1"), "zone", "z1")

	in(t, namespace, "register", "shop-order-1", "--endpoint", "dubbo:20880").mustExit(t, 0, "shop-order-1", word, "consumer")
}
