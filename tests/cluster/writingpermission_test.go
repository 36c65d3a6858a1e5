package cluster

import (
	"testing"

	rbacv1 "k8s.io/api/rbac/v1"

	"podreg/tests/cluster/fixture"
)

func TestWhoMayNotPatchPodsIsToldSo(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	kubeconfig := operatorOf(t, namespace, rbacv1.PolicyRule{
		APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"get"},
	})

	for _, would := range eachChange {
		mustKeep(t, namespace, func() {
			podreg(t, kubeconfig, would.args...).mustExit(t, 4, "patch", "pods", `"`+namespace.Name+`"`, "shop-order-1")
		})
	}
}

func TestWhoMayNotReadPodsIsToldSo(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	kubeconfig := operatorOf(t, namespace)

	for _, would := range eachChange {
		podreg(t, kubeconfig, would.args...).mustExit(t, 4, "get", "pods", `"`+namespace.Name+`"`)
	}
}

func TestASelectorNeedsToListPods(t *testing.T) {
	namespace := provide(t, orderPod(1))
	kubeconfig := operatorOf(t, namespace, fixture.Registering...)

	podreg(t, kubeconfig, "register", "--selector", "app=shop-order", "--endpoint", "dubbo:20880").
		mustExit(t, 4, "list", "pods", namespace.Name)
}

func TestWhoMayOnlyGetAndPatchPodsRegisters(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	kubeconfig := operatorOf(t, namespace, fixture.Registering...)

	for _, would := range eachChange {
		said := podreg(t, kubeconfig, append(would.args, "-o", "json")...).registrations(t)
		mustSay(t, said.Items[0], would.action)
	}
}
