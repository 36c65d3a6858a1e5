package cluster

import (
	"fmt"
	"os"
	"testing"

	"podreg/tests/cluster/fixture"
)

func TestUpdatesOfManyProcessesAtTheSameTimeAreAllKept(t *testing.T) {
	for name, pod := range map[string]fixture.Pod{"registered": healthyOrder(1), "without any annotations": orderPod(1)} {
		t.Run(name, func(t *testing.T) {
			const many = 32
			namespace := provide(t, pod)
			env := []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()}
			var processes []*process
			for i := range many {
				processes = append(processes, start(t, "", env, os.Getenv("PODREG"),
					"update", "shop-order-1", "-n", namespace.Name, "--set", fmt.Sprintf("key-%d=%d", i, i)))
			}

			for i, p := range processes {
				if ran := p.wait(t); ran.status != 0 {
					t.Errorf("process %d: exit status %d: %s", i, ran.status, ran.stderr)
				}
			}

			written := registeredOn(t, namespace, "shop-order-1")
			for i := range many {
				mustHave(t, written, fmt.Sprintf("key-%d", i), fmt.Sprint(i))
			}
			if pod.Annotations != nil {
				mustHave(t, written, "dubbo.metadata.revision", revision)
			}
		})
	}
}
