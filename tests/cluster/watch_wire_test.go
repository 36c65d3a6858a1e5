package cluster

import (
	"fmt"
	"math/rand"
	"os"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// What happens to a watch whose connection is not well.

func watchThrough(t *testing.T, longest time.Duration, args ...string) (*wire, *watching) {
	t.Helper()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	through := newWire(t, shared.Dir)
	w := watchFor(t, longest, through.kubeconfig, namespace, append([]string{"shop-order"}, args...)...)
	w.untilPods(t, "shop-order-1")
	return through, w
}

func TestAWatchNeedsOneConnectionAndOneThreadAndNeverPolls(t *testing.T) {
	t.Parallel()
	through, w := watchThrough(t, 5*time.Minute)
	must(t, w.namespace.Pods(t.Context(), healthyOrder(2)))
	w.untilPods(t, "shop-order-1", "shop-order-2")
	if found := through.connections(); found != 1 {
		t.Errorf("%d connections", found)
	}
	threads, err := os.ReadDir(fmt.Sprintf("/proc/%d/task", w.command.Process.Pid))
	if err == nil && len(threads) != 1 { // where there is a /proc
		t.Errorf("%d threads", len(threads))
	}
	time.Sleep(time.Second) // for what belongs to the events
	before := through.sent()
	time.Sleep(4 * time.Second)
	if sent := through.sent() - before; before == 0 || sent != 0 {
		t.Errorf("it sent %d bytes, and while nothing happened %d more", before, sent)
	}
}

// Each time after some bytes: in the middle of a TLS record, and so of an event.
func TestAWatchThatIsCutInTheMiddleOfAnEventLosesNothing(t *testing.T) {
	t.Parallel()
	through, w := watchThrough(t, 5*time.Minute)
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewSource(seed))
	const cuts = 10
	for number := range cuts {
		before := through.connections()
		through.cutAfter(1 + random.Intn(600))
		for change := 0; through.connections() == before; change++ {
			revision := fmt.Sprintf(`{"dubbo.metadata.revision":"%d-%d"}`, number, change)
			must(t, w.namespace.Annotate(t.Context(), "shop-order-1", fixture.MetadataAnnotation, revision))
			time.Sleep(20 * time.Millisecond)
		}
	}
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
	for _, said := range w.types(2) { // behind ADDED and SYNCED
		if said != "MODIFIED shop-order-1" {
			t.Errorf("nothing came or went: %s", said)
		}
	}
}

// The connection stays open, and nothing comes over it any more. That takes until the server should have
// ended the watch, 3 to 6 minutes, and is for who has time: $PODREG_SOAK (`./dev soak`).
func TestAWatchThatFreezesIsBegunAnew(t *testing.T) {
	if os.Getenv("PODREG_SOAK") == "" {
		t.Skip("takes up to 7 minutes: ./dev soak")
	}
	t.Parallel()
	through, w := watchThrough(t, 15*time.Minute)
	through.freeze()
	begin := time.Now()
	must(t, w.namespace.Pods(t.Context(), healthyOrder(2)))
	w.untilIn(t, 8*time.Minute, "shop-order-2", func() bool { return len(w.instances) == 2 })
	t.Logf("after %v", time.Since(begin).Round(time.Second))
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
}
