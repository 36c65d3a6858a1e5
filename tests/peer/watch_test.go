package peer

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// seen is what somebody who follows a Service knows, each instance by its address, and what has happened
// to it since the last step.
type seen struct {
	instances map[string]string // the metadata, as JSON
	events    []string
}

func key(i instance) string { return fmt.Sprintf("%s:%d", i.Host, i.Port) }

func metadataOf(t *testing.T, i instance) string {
	t.Helper()
	text, err := json.Marshal(i.Metadata) // sorts the keys
	must(t, err)
	return string(text)
}

// takeAll is told all instances, as Dubbo does it: what is different has happened.
func (s *seen) takeAll(t *testing.T, all []instance) {
	t.Helper()
	now := map[string]string{}
	for _, i := range all {
		now[key(i)] = metadataOf(t, i)
	}
	for address, metadata := range now {
		before, known := s.instances[address]
		if !known {
			s.happened("ADDED", address, metadata)
		} else if before != metadata {
			s.happened("MODIFIED", address, metadata)
		}
	}
	for address := range s.instances {
		if _, stays := now[address]; !stays {
			s.happened("DELETED", address, "")
		}
	}
	s.instances = now
}

// take is told one event, as podreg does it.
func (s *seen) take(t *testing.T, what string, i instance) {
	t.Helper()
	if what == "DELETED" {
		delete(s.instances, key(i))
		s.happened(what, key(i), "")
		return
	}
	s.instances[key(i)] = metadataOf(t, i)
	s.happened(what, key(i), s.instances[key(i)])
}

func (s *seen) happened(what, address, metadata string) {
	s.events = append(s.events, strings.TrimSpace(what+" "+address+" "+metadata))
}

// step is the events since the last one, in no order.
func (s *seen) step() string {
	slices.Sort(s.events)
	text := strings.Join(s.events, "\n")
	s.events = nil
	return text
}

// podregWatch follows the application with `podreg watch`.
type podregWatch struct {
	seen
	lines chan string
}

func watchWithPodreg(t *testing.T, namespace fixture.Namespace) *podregWatch {
	t.Helper()
	command := exec.CommandContext(t.Context(), settings.podreg, "watch", application, "-n", namespace.Name, "-o", "jsonl")
	command.Env, command.Stderr = environment(t.TempDir()), os.Stderr
	stdout, err := command.StdoutPipe()
	must(t, err)
	must(t, command.Start())
	w := &podregWatch{seen: seen{instances: map[string]string{}}, lines: make(chan string, 100)}
	go func() {
		defer close(w.lines)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			w.lines <- lines.Text()
		}
	}()
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM)
		for range w.lines { // what it still says
		}
		_ = command.Wait() // by the signal
	})
	for !w.next(t) {
	}
	return w
}

// next takes one more event; true: it says that all that was there before has been told.
func (w *podregWatch) next(t *testing.T) bool {
	t.Helper()
	select {
	case line, more := <-w.lines:
		if !more {
			t.Fatal("podreg watch has ended")
		}
		var event struct {
			Type   string
			Object json.RawMessage
		}
		must(t, json.Unmarshal([]byte(line), &event))
		switch event.Type {
		case "SYNCED":
			return true
		case "WARNING", "CLEARED":
		default:
			w.take(t, event.Type, parse[instance](t, event.Object))
		}
	case <-time.After(patience):
		t.Fatalf("podreg says nothing; it knows %v", w.instances)
	}
	return false
}

// Both follow the same application. After each step they have seen the same: not only what there is in
// the end, but every event on the way there.
func TestAWatchTellsTheEventsThatDubboTells(t *testing.T) {
	namespace := newShopOfTwo(t)
	ours := watchWithPodreg(t, namespace)
	dubbo.watch(t, namespace, application)
	theirs := seen{instances: map[string]string{}}

	// The step is over when there are so many instances, and the two of one pod have that in their metadata.
	after := func(what string, instances int, metadata string, change func() error) {
		t.Helper()
		must(t, change())
		arrived := func(s seen) bool {
			having := 0
			for _, found := range s.instances {
				if strings.Contains(found, metadata) {
					having++
				}
			}
			return len(s.instances) == instances && (metadata == "" || having == 2)
		}
		for !arrived(ours.seen) {
			ours.next(t)
		}
		for !arrived(theirs) {
			var all []instance
			if err := dubbo.next("watched", &all); err != nil {
				t.Fatalf("%s: %v; Dubbo knows %v\n%s", what, err, theirs.instances, dubbo.log())
			}
			theirs.takeAll(t, all)
		}
		events := theirs.step()
		t.Logf("%s:\n%s", what, events)
		mustBe(t, what, ours.step(), events)
	}
	annotate := func(pod, metadata string) func() error {
		return func() error { return namespace.Annotate(t.Context(), pod, fixture.MetadataAnnotation, metadata) }
	}
	registered := func(revision string) string {
		return fixture.Metadata{Revision: revision, Ports: both, Time: time.UnixMilli(1700000000000)}.String()
	}
	third := shopPod("shop-order-2", both)
	third.IP = "10.244.77.12"

	after("one registers", 2, "", annotate(providerPod, registered("r1")))
	after("another one does", 4, "", annotate(otherPod, registered("r1")))
	after("one has another revision", 4, "r2", annotate(providerPod, registered("r2")))
	after("one has a key more", 4, "zone", annotate(providerPod, `{"dubbo.metadata.revision":"r5","zone":"a"}`))
	after("one unregisters", 2, "", annotate(providerPod, ""))
	after("it registers again", 4, "r3", annotate(providerPod, registered("r3")))
	after("a pod comes that is registered", 6, "r4", func() error {
		return namespace.Pods(t.Context(), third.Registered(fixture.Metadata{Revision: "r4", Ports: both,
			Time: time.UnixMilli(1700000000000)}))
	})
	after("a pod goes", 4, "", func() error { return namespace.Delete(t.Context(), otherPod) })
	after("all go", 0, "", func() error {
		for _, pod := range []string{providerPod, third.Name} {
			if err := namespace.Delete(t.Context(), pod); err != nil {
				return err
			}
		}
		return nil
	})
}
