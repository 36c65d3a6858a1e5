package cluster

import (
	"slices"
	"testing"

	"podreg/tests/cluster/fixture"
)

// shop makes the demonstration's objects in a namespace of the test.
func shop(t *testing.T) fixture.Namespace {
	t.Helper()
	namespace := newNamespace(t)
	must(t, namespace.Demo(t.Context()))
	return namespace
}

func names(l list[service]) []string {
	found := []string{}
	for _, s := range l.Items {
		found = append(found, s.Name)
	}
	return found
}

func TestEveryServiceOfTheNamespaceIsListed(t *testing.T) {
	namespace := shop(t)

	found := asAdmin(t, "services", "-n", namespace.Name, "-o", "json").services(t)

	mustBe(t, names(found), []string{"shop-order", "shop-price", "shop-stock", "shop-web"})
	order, price, stock, web := found.Items[0], found.Items[1], found.Items[2], found.Items[3]

	if order.Namespace != namespace.Name || order.Type != "ClusterIP" || order.Selector["app"] != "shop-order" {
		t.Errorf("namespace, type or selector are wrong: %+v", order)
	}
	if !slices.Equal(order.Ports, []servicePort{{"dubbo", 20880}, {"tri", 50051}}) {
		t.Errorf("ports are wrong: %+v", order.Ports)
	}
	if order.ReadyAddresses != 3 || order.Instances != 6 {
		t.Errorf("shop-order has 3 ready addresses with 2 ports each: %+v", order)
	}
	mustBe(t, order.Revisions, []string{revision})
	mustBe(t, order.Protocols, []string{"dubbo", "tri"})

	if stock.ReadyAddresses != 2 || stock.Instances != 2 || len(stock.Revisions) != 2 {
		t.Errorf("shop-stock has 2 instances of 2 revisions: %+v", stock)
	}
	if price.ReadyAddresses != 3 || price.Instances != 1 {
		t.Errorf("shop-price has 3 ready addresses and 1 instance: %+v", price)
	}
	if web.ReadyAddresses != 1 || web.Instances != 0 {
		t.Errorf("shop-web is ready and not registered: %+v", web)
	}
}

func TestOnlyRegisteredServicesAreListedOnRequest(t *testing.T) {
	namespace := shop(t)

	found := asAdmin(t, "services", "--registered", "-n", namespace.Name, "-o", "json").services(t)

	mustBe(t, names(found), []string{"shop-order", "shop-price", "shop-stock"})
}

func TestServicesAreTheSameFromSlices(t *testing.T) {
	namespace := shop(t)
	count := func(source string) []int {
		found := asAdmin(t, "services", "-n", namespace.Name, "-o", "json", "--endpoint-source", source).services(t)
		counts := []int{}
		for _, s := range found.Items {
			counts = append(counts, s.ReadyAddresses, s.Instances)
		}
		return counts
	}

	if endpoints, sliced := count("endpoints"), count("endpointslices"); !slices.Equal(endpoints, sliced) {
		t.Errorf("from Endpoints %v, from slices %v", endpoints, sliced)
	}
}

func TestServicesOfAllNamespacesAreListedOnRequest(t *testing.T) {
	one, other := serveTwice(t, "listed-everywhere")

	found := asAdmin(t, "services", "-A", "-o", "json").services(t)

	in := []string{}
	for _, s := range found.Items {
		if s.Name == "listed-everywhere" && s.Instances == 1 {
			in = append(in, s.Namespace)
		}
	}
	mustBe(t, in, []string{one.Name, other.Name})
	if !slices.ContainsFunc(found.Items, func(s service) bool { return s.Namespace == "default" && s.Name == "kubernetes" }) {
		t.Error("the Service kubernetes of the namespace default is not listed")
	}
}

func TestANamespaceWithoutServicesIsNoError(t *testing.T) {
	namespace := newNamespace(t)

	asAdmin(t, "services", "-n", namespace.Name).mustExit(t, 0, namespace.Name)
	found := asAdmin(t, "services", "-n", namespace.Name, "-o", "json").services(t)
	mustBe(t, names(found), []string{})
}
