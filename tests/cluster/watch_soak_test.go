package cluster

import (
	"fmt"
	"math/rand"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"

	"podreg/tests/cluster/server"
)

// soak is a watch through all that happens to one in its life: changes, connections that are cut, a server
// that dies and comes back; and what it takes meanwhile.
type soak struct {
	*watching
	server  *server.Server
	through *wire
	random  *rand.Rand
	taken   []footprint
	changes int
	cuts    int
	deaths  int
}

// footprint is what a process holds at a quiet moment.
type footprint struct {
	memory      int // KiB that are its own: RssAnon of proc_pid_status(5)
	descriptors int
}

// For 30 seconds and one death of the server, or for as long as $PODREG_SOAK says and one every five minutes
// (`./dev soak`). At every quiet moment the events must say what `instances` says, and in the end it must
// hold no more than in the beginning.
func TestAWatchThatLastsHoldsNoMoreThanInTheBeginning(t *testing.T) {
	t.Parallel()
	length, life := 30*time.Second, 15*time.Second
	if wanted := os.Getenv("PODREG_SOAK"); wanted != "" {
		var err error
		length, err = time.ParseDuration(wanted)
		must(t, err)
		life = 5 * time.Minute
	}
	s := newSoak(t, length+30*time.Minute)
	begin, died := time.Now(), time.Now()
	for time.Since(begin) < length {
		s.changeFor(t, 3*time.Second)
		if time.Since(died) > life {
			s.serverDies(t)
			died = time.Now()
		}
		s.mustAgree(t, s.server.Dir.AdminKubeconfig())
		s.taken = append(s.taken, footprintOf(t, s.command.Process.Pid))
	}
	t.Logf("in %v: %d changes, %d cuts, %d deaths of the server, %d events, %v of a processor", time.Since(begin).Round(time.Second),
		s.changes, s.cuts, s.deaths, len(s.types(0)), s.processorTime(t).Round(time.Millisecond))
	s.mustNotHaveGrown(t)
}

func newSoak(t *testing.T, longest time.Duration) *soak {
	t.Helper()
	own, namespace := ownShop(t)
	through := newWire(t, own.Dir)
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	return &soak{
		watching: watchFor(t, longest, through.kubeconfig, namespace, "shop-order"),
		server:   own,
		through:  through,
		random:   rand.New(rand.NewSource(seed)),
	}
}

// changeFor makes some twenty changes a second, and cuts the connection once in a while.
func (s *soak) changeFor(t *testing.T, length time.Duration) {
	t.Helper()
	for begin := time.Now(); time.Since(begin) < length; s.changes++ {
		changeSomething(t, s.namespace, s.random)
		time.Sleep(50 * time.Millisecond)
		if s.random.Intn(200) == 0 {
			s.through.cutAfter(1 + s.random.Intn(4000))
			s.cuts++
		}
	}
}

func (s *soak) serverDies(t *testing.T) {
	t.Helper()
	if s.deaths++; s.deaths%4 == 0 {
		must(t, s.server.Stop())
	} else {
		must(t, s.server.Kill())
	}
	must(t, s.server.Restart())
}

// mustNotHaveGrown compares the last quarter of the time with the first, of which the very first moments
// do not count: what is allocated once.
func (s *soak) mustNotHaveGrown(t *testing.T) {
	t.Helper()
	quarter := max(1, len(s.taken)/4)
	first, last := largest(s.taken[:quarter+1]), largest(s.taken[len(s.taken)-quarter:])
	t.Logf("memory of its own: %d KiB in the first quarter, %d in the last; descriptors: %d, %d",
		first.memory, last.memory, first.descriptors, last.descriptors)
	const slack = 1 << 10 // KiB
	if last.memory > first.memory+slack || last.descriptors > first.descriptors {
		t.Errorf("it has grown: %v", s.taken)
	}
}

func largest(taken []footprint) footprint {
	var all footprint
	for _, one := range taken {
		all.memory = max(all.memory, one.memory)
		all.descriptors = max(all.descriptors, one.descriptors)
	}
	return all
}

var ownMemory = regexp.MustCompile(`RssAnon:\s*(\d+) kB`)

func footprintOf(t *testing.T, pid int) footprint {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	must(t, err)
	found := ownMemory.FindSubmatch(status)
	if found == nil {
		t.Fatalf("no memory in %s", status)
	}
	memory, err := strconv.Atoi(string(found[1]))
	must(t, err)
	descriptors, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", pid))
	must(t, err)
	return footprint{memory, len(descriptors)}
}
