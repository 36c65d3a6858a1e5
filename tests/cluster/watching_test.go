package cluster

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// event is a line of `podreg watch -o jsonl`.
type event struct {
	Type    string
	Time    time.Time
	Object  json.RawMessage
	Changes []struct {
		Key           string
		Before, After *string
	}
}

// watching is a run of `podreg watch`, and what a program that reads its lines knows by them.
type watching struct {
	namespace fixture.Namespace
	args      []string
	command   *exec.Cmd
	mutex     sync.Mutex
	changed   *sync.Cond
	events    []event
	instances map[string]string // by address and pod, as JSON
	warnings  map[string]bool
	synced    bool
	ended     bool
	stderr    strings.Builder
}

// watch starts one of the administrator, and waits until it has said what there is.
func watch(t *testing.T, kubeconfig string, namespace fixture.Namespace, args ...string) *watching {
	t.Helper()
	return watchFor(t, 5*time.Minute, kubeconfig, namespace, args...)
}

func watchFor(t *testing.T, longest time.Duration, kubeconfig string, namespace fixture.Namespace, args ...string) *watching {
	t.Helper()
	w := &watching{namespace: namespace, args: args, instances: map[string]string{}, warnings: map[string]bool{}}
	w.changed = sync.NewCond(&w.mutex)
	w.command = watchCommand(t, longest, kubeconfig, namespace, args...)
	w.command.Stderr = &w.stderr
	stdout, err := w.command.StdoutPipe()
	must(t, err)
	must(t, w.command.Start())
	read := make(chan struct{})
	go func() {
		defer close(read)
		lines := bufio.NewReader(stdout)
		for {
			line, err := lines.ReadBytes('\n')
			if err != nil {
				break
			}
			w.take(t, line)
		}
		w.mutex.Lock()
		defer w.mutex.Unlock()
		w.ended = true
		w.changed.Broadcast()
	}()
	t.Cleanup(func() {
		_ = w.command.Process.Signal(syscall.SIGTERM)
		<-read
		_ = w.command.Wait()
	})
	w.until(t, "SYNCED", func() bool { return w.synced })
	return w
}

// watchCommand is one that has not been started.
func watchCommand(t *testing.T, longest time.Duration, kubeconfig string, namespace fixture.Namespace, args ...string) *exec.Cmd {
	t.Helper()
	command := exec.CommandContext(limited(t, longest), os.Getenv("PODREG"),
		append([]string{"watch", "-n", namespace.Name, "-o", "jsonl"}, args...)...)
	command.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "KUBECONFIG=" + kubeconfig}
	return command
}

func (w *watching) take(t *testing.T, line []byte) {
	var e event
	if err := json.Unmarshal(line, &e); err != nil {
		t.Errorf("not an event: %v: %s", err, line)
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	defer w.changed.Broadcast()
	w.events = append(w.events, e)
	object := string(e.Object)
	switch e.Type {
	case "SYNCED":
		w.synced = true
	case "WARNING":
		w.warnings[object] = true
	case "CLEARED":
		if !w.warnings[object] {
			t.Errorf("what is cleared was no warning: %s", object)
		}
		delete(w.warnings, object)
	default:
		w.takeInstance(t, e)
	}
}

func (w *watching) takeInstance(t *testing.T, e event) {
	var i instance
	if err := json.Unmarshal(e.Object, &i); err != nil {
		t.Errorf("not an instance: %s", e.Object)
	}
	key := fmt.Sprintf("%s %s:%d", i.Pod, i.Host, i.Port)
	_, known := w.instances[key]
	if known != (e.Type != "ADDED") {
		t.Errorf("%s of an instance that is known (%v): %s", e.Type, known, key)
	}
	if e.Type == "DELETED" {
		delete(w.instances, key)
	} else {
		w.instances[key] = string(e.Object)
	}
}

// until waits for what the events are to make true.
func (w *watching) until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	w.untilIn(t, 2*time.Minute, what, holds)
}

func (w *watching) untilIn(t *testing.T, limit time.Duration, what string, holds func() bool) {
	t.Helper()
	timer := time.AfterFunc(limit, func() {
		w.mutex.Lock()
		defer w.mutex.Unlock()
		w.ended = true
		w.changed.Broadcast()
	})
	defer timer.Stop()
	w.mutex.Lock()
	defer w.mutex.Unlock()
	for !holds() {
		if w.ended {
			t.Fatalf("no %s: %d events, the last ones %s\n%s", what, len(w.events), w.last(5), w.stderr.String())
		}
		w.changed.Wait()
	}
}

// modified is the last event of that type; nil when there was none.
func (w *watching) modified() *event {
	for i := len(w.events) - 1; i >= 0; i-- {
		if w.events[i].Type == "MODIFIED" {
			return &w.events[i]
		}
	}
	return nil
}

func (w *watching) last(n int) string {
	var all []string
	for _, e := range w.events[max(0, len(w.events)-n):] {
		all = append(all, e.Type+" "+string(e.Object))
	}
	return strings.Join(all, "\n")
}

// untilPods waits until these pods, and no others, have instances.
func (w *watching) untilPods(t *testing.T, pods ...string) {
	t.Helper()
	slices.Sort(pods)
	w.until(t, fmt.Sprint(pods), func() bool {
		var found []string
		for key := range w.instances {
			found = append(found, strings.Fields(key)[0])
		}
		slices.Sort(found)
		return slices.Equal(slices.Compact(found), pods)
	})
}

// mustAgree compares with a fresh `podreg instances`, until both are the same: what happens last may reach
// one of them before the other.
func (w *watching) mustAgree(t *testing.T, kubeconfig string) {
	t.Helper()
	services := slices.DeleteFunc(slices.Clone(w.args), func(arg string) bool { return strings.HasPrefix(arg, "-") })
	deadline := time.Now().Add(time.Minute)
	for {
		ran := podreg(t, kubeconfig, append([]string{"instances", "-n", w.namespace.Name, "-o", "json"}, services...)...)
		wanted := map[string]string{}
		var list struct {
			Items    []json.RawMessage
			Warnings []json.RawMessage
		}
		must(t, json.Unmarshal([]byte(ran.stdout), &list))
		for _, item := range list.Items {
			var i instance
			must(t, json.Unmarshal(item, &i))
			wanted[fmt.Sprintf("%s %s:%d", i.Pod, i.Host, i.Port)] = compact(t, item)
		}
		warnings := map[string]bool{}
		for _, warning := range list.Warnings {
			warnings[compact(t, warning)] = true
		}
		w.mutex.Lock()
		same := fmt.Sprint(wanted) == fmt.Sprint(w.instances) && fmt.Sprint(warnings) == fmt.Sprint(w.warnings)
		known := fmt.Sprint(w.instances, w.warnings)
		w.mutex.Unlock()
		if same {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the events say\n%s\ninstances says\n%s", known, fmt.Sprint(wanted, warnings))
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func compact(t *testing.T, raw json.RawMessage) string {
	t.Helper()
	var buffer strings.Builder
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false)
	must(t, encoder.Encode(raw))
	return strings.TrimSpace(buffer.String())
}

// processorTime is what it has taken so far (proc_pid_stat(5), whose clock has 100 ticks a second).
func (w *watching) processorTime(t *testing.T) time.Duration {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", w.command.Process.Pid))
	must(t, err)
	fields := strings.Fields(string(text[bytes.LastIndexByte(text, ')')+1:]))
	var ticks time.Duration
	for _, field := range fields[11:13] {
		number, err := strconv.Atoi(field)
		must(t, err)
		ticks += time.Duration(number)
	}
	return ticks * 10 * time.Millisecond
}

// types are those of the events from the number on, each with its pod.
func (w *watching) types(from int) []string {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	var all []string
	for _, e := range w.events[from:] {
		var object struct{ Pod string }
		_ = json.Unmarshal(e.Object, &object)
		all = append(all, strings.TrimSpace(e.Type+" "+object.Pod))
	}
	return all
}
