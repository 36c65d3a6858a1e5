package peer

import (
	"testing"

	"podreg/tests/cluster/fixture"
)

// answers are those of the provider's services, one after the other, when all calls come through.
const answers = "echo:x o-1 4 v中 7 1.25"

// consumer is a real application that calls the services again and again.
type consumer struct{ *java }

func startConsumer(t *testing.T, namespace fixture.Namespace) consumer {
	t.Helper()
	return consumer{runJava(t, dubbo32, consumerPod, "Consumer", registryURL(t, namespace))}
}

// waitUntil waits until that is the outcome of its calls.
func (c consumer) waitUntil(t *testing.T, outcome string) {
	t.Helper()
	for {
		var calls struct{ Outcome, Detail string }
		if err := c.next("calls", &calls); err != nil {
			t.Fatalf("while waiting until the outcome of its calls is %q: %v", outcome, err)
		}
		t.Logf("the consumer's calls: %s, %s", calls.Outcome, calls.Detail)
		if calls.Outcome != outcome {
			continue
		}
		if outcome == "ok" {
			mustBe(t, "answers", calls.Detail, answers)
		}
		return
	}
}

// The provider's own registration is off, and podreg does it from outside: a consumer cannot tell the
// difference. Each step goes on where the one before it ended.
func TestAConsumerFollowsWhatPodregRegistersForAProvider(t *testing.T) {
	everything := setups["both-order+stock+price"]
	namespace := newShop(t, everything.protocols...)
	_, metadataInfo := everything.start(t, providerPod, registryURL(t, namespace, "enableRegister=false"))
	mustBe(t, "annotation of a provider that does not register", annotation(t, namespace, providerPod), "")
	consumer := startConsumer(t, namespace)
	dubbo.watch(t, namespace, application)

	step(t, "before, it finds no provider", func(t *testing.T) {
		consumer.waitUntil(t, "no provider")
	})
	step(t, "after register, its calls are answered", func(t *testing.T) {
		done := podregOnPod(t, namespace, append([]string{
			"register", providerPod, "--services", "@" + writeFile(t, "MetadataInfo.json", string(metadataInfo)),
		}, everything.endpointFlags()...)...)
		mustBe(t, "action", done.Action, "registered")

		found := dubbo.waitUntilWatched(t, "the instances appear", func(found []instance) bool { return len(found) > 0 })
		mustBeInstances(t, found, podregInstances(t, namespace, application).Items)
		consumer.waitUntil(t, "ok")
	})
	step(t, "after update, it has the new metadata", func(t *testing.T) {
		done := podregOnPod(t, namespace, "update", providerPod, "--set", "zone=a")
		mustBe(t, "action", done.Action, "updated")

		found := dubbo.waitUntilWatched(t, "zone is a", func(found []instance) bool {
			return len(found) > 0 && found[0].Metadata["zone"] == "a"
		})
		mustBeInstances(t, found, podregInstances(t, namespace, application).Items)
	})
	step(t, "after unregister, it finds no provider", func(t *testing.T) {
		done := podregOnPod(t, namespace, "unregister", providerPod)
		mustBe(t, "action", done.Action, "unregistered")

		dubbo.waitUntilWatched(t, "no instance is left", func(found []instance) bool { return len(found) == 0 })
		consumer.waitUntil(t, "no provider")
	})
}

func step(t *testing.T, name string, run func(t *testing.T)) {
	t.Helper()
	if !t.Run(name, run) {
		t.FailNow()
	}
}
