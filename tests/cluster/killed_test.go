package cluster

import (
	"maps"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestAKilledUpdateLeavesTheOldOrTheNewRegistration(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	original := registeredOn(t, namespace, "shop-order-1")
	update := func(generation int) *process {
		return start(t, "", []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()}, os.Getenv("PODREG"),
			"update", "shop-order-1", "-n", namespace.Name,
			"--set", "generation="+strconv.Itoa(generation), "--set", "payload="+payload(generation))
	}
	begin := time.Now()
	update(0).wait(t).mustExit(t, 0)
	whole := time.Since(begin)

	const kills = 100
	last, written := 0, 0
	for i := 1; i <= kills; i++ {
		p := update(i)
		time.Sleep(rand.N(whole * 5 / 4))
		_ = p.command.Process.Kill() // it may have ended
		p.wait(t)

		found := registeredOn(t, namespace, "shop-order-1")
		generation, err := strconv.Atoi(found["generation"])
		must(t, err)
		// A request that was on its way is carried out without its sender, perhaps a moment later.
		if generation < last || generation > i {
			t.Errorf("generation %d after %d, when %d was written", generation, last, i)
		}
		if generation == i {
			written++
		}
		last = generation
		wanted := maps.Clone(original)
		wanted["generation"], wanted["payload"] = strconv.Itoa(generation), payload(generation)
		delete(found, "timestamp")
		delete(wanted, "timestamp")
		if !maps.Equal(found, wanted) {
			t.Fatalf("neither the old nor the new registration: %.500v", found)
		}
	}

	t.Logf("%d of %d killed updates had been sent", written, kills)
	if written == 0 || written == kills {
		t.Error("all were killed too early, or all too late")
	}
	update(kills+1).wait(t).mustExit(t, 0)
}

// payload is long enough that sending it takes more than one packet, and tells what it belongs to.
func payload(generation int) string { return strings.Repeat(strconv.Itoa(generation)+" ", 20000) }
