package cluster

import (
	"fmt"
	"testing"

	"podreg/tests/cluster/fixture"
)

// What happens when somebody else changes the pod between podreg's reading and its writing.

func TestAConflictIsMergedAgain(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	gate := newGateway(t, namespace, func(number int) error {
		if number > 2 {
			return nil
		}
		return namespace.Annotate(t.Context(), "shop-order-1", fixture.MetadataAnnotation,
			fmt.Sprintf(`{"dubbo.metadata.revision":"r%d","weight":"50"}`, number))
	})

	podreg(t, gate.kubeconfig, "update", "shop-order-1", "--set", "zone=z1").mustExit(t, 0)

	gate.mustHaveWritten(t, 3)
	written := registeredOn(t, namespace, "shop-order-1")
	mustHave(t, written, "zone", "z1")
	mustHave(t, written, "weight", "50")
	mustHave(t, written, "dubbo.metadata.revision", "r2")
	mustNotHave(t, written, "dubbo.endpoints")
}

func TestWhatSomebodyElseRegisteredAlreadyIsUnchanged(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	gate := newGateway(t, namespace, func(int) error {
		return namespace.Annotate(t.Context(), "shop-order-1", fixture.MetadataAnnotation, `{"zone":"z1"}`)
	})

	said := podreg(t, gate.kubeconfig, "update", "shop-order-1", "--set", "zone=z1", "-o", "json").registrations(t)

	mustSay(t, said.Items[0], "unchanged")
	gate.mustHaveWritten(t, 1)
}

func TestAnAnnotationThatSomebodyElseMakesMeanwhileIsNotLost(t *testing.T) {
	namespace := provide(t, orderPod(1)) // without any: podreg has to make the map of annotations, too
	gate := newGateway(t, namespace, func(number int) error {
		if number > 1 {
			return nil
		}
		return namespace.Annotate(t.Context(), "shop-order-1", "prometheus.io/scrape", "true")
	})

	podreg(t, gate.kubeconfig, "register", "shop-order-1", "--endpoint", "dubbo:20880").mustExit(t, 0)

	gate.mustHaveWritten(t, 2)
	registeredOn(t, namespace, "shop-order-1")
	mustHave(t, podOf(t, namespace, "shop-order-1").Annotations, "prometheus.io/scrape", "true")
}

func TestAConflictAtEveryAttemptIsGivenUp(t *testing.T) {
	t.Parallel()
	for _, command := range [][]string{
		{"register", "--endpoint", "tri:50051"}, {"update", "--set", "zone=z1"}, {"unregister"},
	} {
		t.Run(command[0], func(t *testing.T) {
			t.Parallel()
			namespace := provide(t, healthyOrder(1))
			others := func(number int) string { return fmt.Sprintf(`{"dubbo.metadata.revision":"r%d"}`, number) }
			gate := newGateway(t, namespace, func(number int) error {
				return namespace.Annotate(t.Context(), "shop-order-1", fixture.MetadataAnnotation, others(number))
			})

			ran := podreg(t, gate.kubeconfig, append([]string{command[0], "shop-order-1"}, command[1:]...)...)

			ran.mustExit(t, 6, "shop-order-1", namespace.Name)
			gate.mustHaveWritten(t, 10)
			if found := podOf(t, namespace, "shop-order-1").Annotations[fixture.MetadataAnnotation]; found != others(10) {
				t.Errorf("not what the other one wrote: %s", found)
			}
		})
	}
}

func TestAChangeWhoseAnswerIsLostIsNotMadeTwice(t *testing.T) {
	for _, would := range eachChange {
		namespace := provide(t, healthyOrder(1))
		gate := newGateway(t, namespace, func(int) error { return errLoseAnswer })

		podreg(t, gate.kubeconfig, would.args...).mustExit(t, 5, "127.0.0.1")

		gate.mustHaveWritten(t, 1)
		mustSay(t, change(t, namespace, "update", "--set", "zone=z1"), map[string]string{
			"registered": "updated", "updated": "unchanged", "unregistered": "registered",
		}[would.action])
	}
}

func TestAPodThatIsDeletedMeanwhileDoesNotExist(t *testing.T) {
	for _, would := range eachChange {
		namespace := provide(t, healthyOrder(1))
		gate := newGateway(t, namespace, func(int) error { return namespace.Delete(t.Context(), "shop-order-1") })

		podreg(t, gate.kubeconfig, would.args...).mustExit(t, 3, "shop-order-1", namespace.Name)

		gate.mustHaveWritten(t, 1)
	}
}

func TestWithoutOverwriteARegistrationIsAConflict(t *testing.T) {
	namespace := provide(t, healthyOrder(1), orderPod(2))
	gate := newGateway(t, namespace, nil)

	mustKeep(t, namespace, func() {
		podreg(t, gate.kubeconfig, "register", "shop-order-1", "--endpoint", "tri:50051", "--overwrite=false").
			mustExit(t, 6, "shop-order-1", "--overwrite")
	})
	gate.mustHaveWritten(t, 0)

	podreg(t, gate.kubeconfig, "register", "shop-order-2", "--endpoint", "tri:50051", "--overwrite=false").mustExit(t, 0)
	mustHave(t, registeredOn(t, namespace, "shop-order-2"), "dubbo.endpoints", `[{"port":50051,"protocol":"tri"}]`)
}

func TestWithoutOverwriteWhoeverRegistersFirstWins(t *testing.T) {
	namespace := provide(t, orderPod(1))
	gate := newGateway(t, namespace, func(int) error {
		return namespace.Annotate(t.Context(), "shop-order-1", fixture.MetadataAnnotation, `{"zone":"z1"}`)
	})

	podreg(t, gate.kubeconfig, "register", "shop-order-1", "--endpoint", "tri:50051", "--overwrite=false").
		mustExit(t, 6, "shop-order-1")

	gate.mustHaveWritten(t, 1)
	mustBeEqual(t, registeredOn(t, namespace, "shop-order-1"), map[string]string{"zone": "z1"})
}

func TestOnlyTheResourceVersionThatIsAskedForIsChanged(t *testing.T) {
	for _, would := range eachChange {
		namespace := provide(t, healthyOrder(1))
		old := podOf(t, namespace, "shop-order-1").ResourceVersion
		must(t, namespace.Annotate(t.Context(), "shop-order-1", "prometheus.io/scrape", "true"))
		gate := newGateway(t, namespace, nil)

		mustKeep(t, namespace, func() {
			podreg(t, gate.kubeconfig, append(would.args, "--resource-version", old)...).mustExit(t, 6, "shop-order-1", old)
		})
		gate.mustHaveWritten(t, 0)

		current := podOf(t, namespace, "shop-order-1").ResourceVersion
		ran := podreg(t, gate.kubeconfig, append(would.args, "--resource-version", current, "-o", "json")...)
		mustSay(t, ran.registrations(t).Items[0], would.action)
		gate.mustHaveWritten(t, 1)
	}
}

func TestAResourceVersionThatPassesMeanwhileIsAConflictAtOnce(t *testing.T) {
	for _, would := range eachChange {
		namespace := provide(t, healthyOrder(1))
		gate := newGateway(t, namespace, func(int) error {
			return namespace.Annotate(t.Context(), "shop-order-1", "prometheus.io/scrape", "true")
		})
		current := podOf(t, namespace, "shop-order-1")

		podreg(t, gate.kubeconfig, append(would.args, "--resource-version", current.ResourceVersion)...).
			mustExit(t, 6, "shop-order-1")

		gate.mustHaveWritten(t, 1)
		mustBeEqual(t, registeredOn(t, namespace, "shop-order-1"), metadataIn(t, current.Annotations[fixture.MetadataAnnotation]))
	}
}
