package cluster

import (
	"reflect"
	"sort"
	"testing"

	discoveryv1 "k8s.io/api/discovery/v1"

	"podreg/tests/cluster/fixture"
)

var fromSlices = []string{"--endpoint-source", "endpointslices", "-o", "json"}

func TestEndpointsAndEndpointSlicesGiveTheSame(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, oneOfEachKind()...)
	command := []string{"instances", "shop-order", "-n", namespace.Name, "-o", "json", "--endpoint-source"}

	endpoints := asAdmin(t, append(command, "endpoints")...).instances(t)
	slices := asAdmin(t, append(command, "endpointslices")...).instances(t)

	for _, found := range []list[instance]{endpoints, slices} {
		sort.Slice(found.Warnings, func(i, j int) bool { return found.Warnings[i].Host < found.Warnings[j].Host })
	}
	if !reflect.DeepEqual(endpoints, slices) {
		t.Errorf("from Endpoints: %+v\nfrom slices: %+v", endpoints, slices)
	}
}

func TestSlicesOfBothAddressFamiliesAreOneList(t *testing.T) {
	namespace := newNamespace(t)
	must(t, namespace.ServiceWithoutSelector(t.Context(), "shop-order", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), healthyOrder(1), healthyOrder(2)))
	must(t, namespace.EndpointSlice(t.Context(), "shop-order", discoveryv1.AddressTypeIPv6, fixture.Dubbo,
		fixture.SliceEndpoint("fd00::1", "shop-order-1", nil)))
	must(t, namespace.EndpointSlice(t.Context(), "shop-order", discoveryv1.AddressTypeIPv4, fixture.Dubbo,
		fixture.SliceEndpoint("10.244.0.2", "shop-order-2", nil)))

	found := asAdmin(t, append(fromSlices, "instances", "shop-order", "-n", namespace.Name)...).instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-2 10.244.0.2:20880", "shop-order-1 fd00::1:20880"})
}

func TestAnAddressInTwoSlicesCountsOnce(t *testing.T) {
	namespace := newNamespace(t)
	must(t, namespace.ServiceWithoutSelector(t.Context(), "shop-order", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), healthyOrder(1)))
	for range 2 {
		must(t, namespace.EndpointSlice(t.Context(), "shop-order", discoveryv1.AddressTypeIPv4, fixture.Dubbo,
			fixture.SliceEndpoint("10.244.0.1", "shop-order-1", nil)))
	}

	found := asAdmin(t, append(fromSlices, "instances", "shop-order", "-n", namespace.Name)...).instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
}

func TestAnEndpointOfASliceIsReadyUnlessItSaysNo(t *testing.T) {
	namespace := newNamespace(t)
	ready, notReady := true, false
	must(t, namespace.ServiceWithoutSelector(t.Context(), "shop-order", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), healthyOrder(1), healthyOrder(2), healthyOrder(3)))
	must(t, namespace.EndpointSlice(t.Context(), "shop-order", discoveryv1.AddressTypeIPv4, fixture.Dubbo,
		fixture.SliceEndpoint("10.244.0.1", "shop-order-1", nil),
		fixture.SliceEndpoint("10.244.0.2", "shop-order-2", &ready),
		fixture.SliceEndpoint("10.244.0.3", "shop-order-3", &notReady)))

	found := asAdmin(t, append(fromSlices, "instances", "shop-order", "-n", namespace.Name)...).instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880", "shop-order-2 10.244.0.2:20880"})
}
