package cluster

import (
	"strings"
	"testing"

	"podreg/tests/cluster/fixture"
)

// threeAndAnother are three pods of shop-order and one of shop-stock, none of them registered.
func threeAndAnother(t *testing.T) fixture.Namespace {
	t.Helper()
	stock := fixture.Pod{Name: "shop-stock-1", App: "shop-stock", IP: "10.244.0.9", Ports: dubboPort}
	return provide(t, orderPod(1), orderPod(2), orderPod(3), stock)
}

var threeOrders = []string{"shop-order-1", "shop-order-2", "shop-order-3"}

// acted are "POD ACTION" of every item, in the order of the list.
func acted(l list[registration]) []string {
	found := []string{}
	for _, r := range l.Items {
		found = append(found, r.Pod+" "+r.Action)
	}
	return found
}

func TestASelectorChangesEveryPodThatItMatches(t *testing.T) {
	namespace := threeAndAnother(t)
	all := func(command string, args ...string) []string {
		args = append([]string{command, "--selector", "app=shop-order", "-o", "json"}, args...)
		return acted(in(t, namespace, args...).registrations(t))
	}

	mustBe(t, all("register", "--endpoint", "dubbo:20880"),
		[]string{"shop-order-1 registered", "shop-order-2 registered", "shop-order-3 registered"})
	for _, pod := range threeOrders {
		mustHave(t, registeredOn(t, namespace, pod), "dubbo.endpoints", `[{"port":20880,"protocol":"dubbo"}]`)
	}

	change(t, namespace, "update", "--set", "zone=z1")
	mustBe(t, all("update", "--set", "zone=z1"),
		[]string{"shop-order-1 unchanged", "shop-order-2 updated", "shop-order-3 updated"})
	for _, pod := range threeOrders {
		mustHave(t, registeredOn(t, namespace, pod), "zone", "z1")
	}

	change(t, namespace, "unregister")
	mustBe(t, all("unregister"),
		[]string{"shop-order-1 absent", "shop-order-2 unregistered", "shop-order-3 unregistered"})
	for _, pod := range append(threeOrders, "shop-stock-1") {
		mustNotBeRegistered(t, namespace, pod)
	}
}

func TestASelectorMayHaveSeveralRequirements(t *testing.T) {
	for _, selector := range []string{
		"app=shop-stock,app!=shop-order", "app==shop-stock,app", "app in (shop-stock,shop-web),!gray", "app notin (shop-order)",
	} {
		t.Run(selector, func(t *testing.T) {
			namespace := threeAndAnother(t)

			said := in(t, namespace, "register", "-l", selector, "--endpoint", "dubbo:20880", "-o", "json").registrations(t)

			mustBe(t, acted(said), []string{"shop-stock-1 registered"})
			mustNotBeRegistered(t, namespace, "shop-order-1")
		})
	}
}

func TestSeveralPodsAreSummedUpOnStandardError(t *testing.T) {
	namespace := threeAndAnother(t)

	ran := in(t, namespace, "register", "--selector", "app=shop-order", "--endpoint", "dubbo:20880")

	ran.mustExit(t, 0, "3", "registered")
	mustContain(t, ran.stdout, threeOrders...)
}

func TestAPodAndASelectorAreWrongUse(t *testing.T) {
	namespace := threeAndAnother(t)

	in(t, namespace, "register", "shop-order-1", "--selector", "app=shop-order").mustExit(t, 2, "--selector")
}

func TestASelectorThatMatchesNoPodIsNoError(t *testing.T) {
	namespace := threeAndAnother(t)
	args := []string{"register", "--selector", "app=shop-web", "--endpoint", "dubbo:20880"}

	ran := in(t, namespace, args...)
	ran.mustExit(t, 0, "No pods found", "app=shop-web", namespace.Name)
	if ran.stdout != "" {
		t.Errorf("on standard output: %q", ran.stdout)
	}

	mustBe(t, acted(in(t, namespace, append(args, "-o", "json")...).registrations(t)), []string{})
}

func TestOnePodThatCannotBeChangedHidesNoOther(t *testing.T) {
	namespace := threeAndAnother(t)
	change(t, namespace, "register", "--set", "zone=z1")

	ran := in(t, namespace, "register", "--selector", "app=shop-order", "--endpoint", "dubbo:20880", "--overwrite=false", "-o", "json")

	ran.mustExit(t, 6, "shop-order-1")
	mustBe(t, acted(parse[registration](t, ran, "RegistrationList")), []string{"shop-order-2 registered", "shop-order-3 registered"})
	mustHave(t, registeredOn(t, namespace, "shop-order-1"), "zone", "z1")
	registeredOn(t, namespace, "shop-order-3")
}

func TestEveryPodThatCannotBeChangedIsNamed(t *testing.T) {
	namespace := threeAndAnother(t)
	change(t, namespace, "register", "--set", "zone=z1")
	in(t, namespace, "register", "shop-order-3", "--set", "zone=z1").mustExit(t, 0)

	ran := in(t, namespace, "register", "--selector", "app=shop-order", "--set", "zone=z2", "--overwrite=false")

	ran.mustExit(t, 6, "1 of 3 pods done, 2 failed", `error: pod "shop-order-1"`, `error: pod "shop-order-3"`)
}

func TestASelectorAsksForTheServicesOnce(t *testing.T) {
	namespace := threeAndAnother(t)

	ran := in(t, namespace, "register", "--selector", "app=shop-order", "--set", "zone=z1", "-v")

	ran.mustExit(t, 0)
	for _, list := range []string{"/services: ", "/endpoints: "} {
		if count := strings.Count(ran.stderr, list); count != 1 {
			t.Errorf("%d requests of %s, wanted 1:\n%s", count, list, ran.stderr)
		}
	}
}
