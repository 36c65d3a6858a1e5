package cluster

import (
	"strings"
	"testing"
)

// The API server takes 256 KiB of annotations, all of a pod together.

func TestARegistrationOfMoreThan256KiBIsNotSent(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	gate := newGateway(t, namespace, nil)
	large := inFile(t, `{"payload":"`+strings.Repeat("x", 256<<10)+`"}`)

	for _, command := range []string{"register", "update"} {
		mustKeep(t, namespace, func() {
			podreg(t, gate.kubeconfig, command, "shop-order-1", "--metadata", large).mustExit(t, 7, "shop-order-1", "262144")
		})
	}

	gate.mustHaveWritten(t, 0)
}

func TestTheAnnotationsOfOthersCountToo(t *testing.T) {
	pod := orderPod(1)
	pod.Annotations = map[string]string{"example.com/notes": strings.Repeat("x", 200<<10)}
	namespace := provide(t, pod)
	gate := newGateway(t, namespace, nil)
	register := func(size int) result {
		return podreg(t, gate.kubeconfig, "register", "shop-order-1",
			"--metadata", inFile(t, `{"payload":"`+strings.Repeat("x", size)+`"}`))
	}

	mustKeep(t, namespace, func() { register(60<<10).mustExit(t, 7, "shop-order-1") })
	gate.mustHaveWritten(t, 0)

	register(50<<10).mustExit(t, 0)
	gate.mustHaveWritten(t, 1)
}

func TestARegistrationOfNearly256KiBIsWritten(t *testing.T) {
	namespace := provide(t, orderPod(1))
	payload := strings.Repeat("ü", 125<<10)

	said := change(t, namespace, "register", "--metadata", inFile(t, `{"payload":"`+payload+`"}`))

	mustSay(t, said, "registered")
	mustHave(t, registeredOn(t, namespace, "shop-order-1"), "payload", payload)
}
