package cluster

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// within runs podreg in a shell after `limit`, such as "ulimit -n 32", and checks that it succeeds.
func within(t *testing.T, limit string, args ...string) result {
	t.Helper()
	ran := run(t, []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()},
		append([]string{"sh", "-c", limit + ` && exec "$0" "$@"`, podregBinary()}, args...)...)
	ran.mustExit(t, 0)
	return ran
}

// Every command that reads has to do with 32 descriptors, and with an address space of 256 MiB.
func TestPodregIsContentWithLittle(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1), runningOrder(2))
	for _, limit := range []string{"ulimit -n 32", "ulimit -v 262144"} {
		for _, args := range [][]string{
			{"services", "-A"}, {"instances", "shop-order"}, {"doctor", "--no-probe", "--fail-on", "never"},
			{"snapshot"}, {"wait", "shop-order", "--for", "instances=2"}, {"config", "check"},
		} {
			t.Run(limit+" "+args[0], func(t *testing.T) {
				if args[0] != "services" {
					args = append(args, "-n", namespace.Name)
				}
				within(t, limit, args...)
			})
		}
	}
}

// So do threads of which many work at once.
func TestSixteenCallsAtOnceAreContentWithLittle(t *testing.T) {
	answer := []byte("\xda\xbb\x02\x14\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x07\x91\x05hello")
	provider := "dubbo://" + serveDubbo(t, "127.0.0.1", answer).String()
	for range 5 {
		ran := within(t, "ulimit -v 262144", "invoke", provider, "org.example.Order.get", "--count", "40",
			"--concurrency", "16")
		if fields := strings.Fields(ran.stdout); !slices.Contains(fields, "40") {
			t.Errorf("not all were called: %q", ran.stdout)
		}
	}
}

// No core file, which would hold the token; children inherit it.
func TestPodregLeavesNoCoreFile(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1))
	file := filepath.Join(t.TempDir(), "limit")
	within(t, "ulimit -S -c unlimited", "watch", "shop-order", "-n", namespace.Name, "--until", "instances=1",
		"--no-live", "--shell", "--exec", "ulimit -c >"+file)
	limit, err := os.ReadFile(file)
	must(t, err)
	if found := strings.TrimSpace(string(limit)); found != "0" {
		t.Errorf("the limit of core files is %s", found)
	}
}

// A home that cannot be written, or none at all, is no fault: the cache is then left out.
func TestPodregNeedsNoHome(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1))
	for _, home := range []string{"HOME=/proc/self", "HOME=/nonexistent", "HOME="} {
		env := []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig(), home}
		run(t, env, podregBinary(), "instances", "shop-order", "-n", namespace.Name).mustExit(t, 0)
		run(t, env, podregBinary(), "services", "-n", namespace.Name).mustExit(t, 0)
	}
}

// onAFullDisk runs podreg beside a file system in $DIR that has no room: 4 KiB, of which "old" in kept has a
// few bytes and something else the rest. The result ends with what is there afterwards.
func onAFullDisk(t *testing.T, dir, kept, old string, args ...string) result {
	t.Helper()
	script := `mount -t tmpfs -o size=8k none "$DIR" && printf %s "$OLD" >"$DIR/$KEPT" && ` +
		`head -c 4096 /dev/zero >"$DIR/fill"; "$0" "$@"; echo "status $?"; cat "$DIR/$KEPT"; ls -A "$DIR"`
	ran := run(t, []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig(), "DIR=" + dir, "OLD=" + old, "KEPT=" + kept},
		append([]string{"unshare", "--mount", "sh", "-c", script, podregBinary()}, args...)...)
	ran.mustExit(t, 0)
	mustContain(t, ran.stderr, "No space left on device")
	if want := "status 1\n" + old + "fill\n" + kept + "\n"; ran.stdout != want {
		t.Errorf("found %q, wanted %q", ran.stdout, want)
	}
	return ran
}

// A snapshot fails as a whole: the file that was there stays, and nothing else.
func TestAFullDiskLeavesTheOldSnapshot(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1), runningOrder(2))
	dir := t.TempDir()
	onAFullDisk(t, dir, "s.json", "old\n", "snapshot", "-n", namespace.Name, "--output-file", filepath.Join(dir, "s.json"))
}

// So does a change of a file, which is then as long as before.
func TestAFullDiskLeavesTheFileThatWasToBeChanged(t *testing.T) {
	dir := t.TempDir()
	pod := "apiVersion: v1\nkind: Pod\nmetadata: {name: shop-1, namespace: shop}\nstatus: {podIP: 10.0.0.1}\n"
	onAFullDisk(t, dir, "s.yaml", pod, "register", "shop-1", "-n", "shop", "--endpoint", "dubbo:20880",
		"--snapshot", filepath.Join(dir, "s.yaml"), "--in-place")
}

// SIGTERM at any moment ends it at once, by that signal where it was not done, and leaves nothing.
func TestATerminatedPodregIsGoneAtOnce(t *testing.T) {
	t.Parallel()
	namespace := healthyShop(t, runningOrder(1), runningOrder(2))
	dir := t.TempDir()
	commands := [][]string{
		{"snapshot", "--output-file", filepath.Join(dir, "s.json")},
		{"instances", "shop-order"},
		{"watch", "shop-order", "--no-live", "--exec", "true"},
		{"update", "shop-order-1", "--timestamp"},
		{"wait", "shop-order", "--for", "instances=9"},
	}
	var all errgroup.Group
	all.SetLimit(4)
	for number := range 500 {
		all.Go(func() error {
			args := commands[number%len(commands)]
			endAtRandom(t, dir, append(args, "-n", namespace.Name))
			return nil
		})
	}
	must(t, all.Wait())
	entries, err := os.ReadDir(dir)
	must(t, err)
	for _, entry := range entries {
		if entry.Name() != "s.json" {
			t.Errorf("it left %s", entry.Name())
		}
	}
	if content, err := os.ReadFile(filepath.Join(dir, "s.json")); err == nil && !strings.HasSuffix(string(content), "}\n") {
		t.Errorf("half a snapshot: %q", content)
	}
}

func endAtRandom(t *testing.T, scratch string, args []string) {
	p := start(t, "", []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig(), "TMPDIR=" + scratch}, append([]string{podregBinary()}, args...)...)
	time.Sleep(rand.N(60 * time.Millisecond))
	_ = p.command.Process.Signal(syscall.SIGTERM) // it may have ended
	begun := time.Now()
	ran := p.wait(t)
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("%s took %v to end", args[0], took)
	}
	status := p.command.ProcessState.Sys().(syscall.WaitStatus)
	if status.ExitStatus() != 0 && status.Signal() != syscall.SIGTERM {
		t.Errorf("%s ended with %s: %s", args[0], p.command.ProcessState, ran.stderr)
	}
}

// A clock that jumps, as a laptop's does that was asleep or is set right: back and forth by an hour. What was
// to last a second lasts a second, and a watch goes on.
func TestAClockThatGoesBackwardsIsNoFault(t *testing.T) {
	t.Parallel()
	library := fakeTime(t)
	namespace := healthyShop(t, runningOrder(1))
	offset := filepath.Join(t.TempDir(), "offset")
	writeFile(t, offset, "+0")
	env := []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig(), "LD_PRELOAD=" + library, "FAKETIME_TIMESTAMP_FILE=" + offset,
		"FAKETIME_NO_CACHE=1", "FAKETIME_DONT_FAKE_MONOTONIC=1"}
	watching := start(t, "", env, podregBinary(), "watch", "shop-order", "-n", namespace.Name, "--no-live", "--until", "instances=3")
	waiting := start(t, "", env, podregBinary(), "wait", "shop-order", "-n", namespace.Name, "--for", "instances=3", "--stable", "1s")
	for number, jump := range []string{"-1h", "+1h", "-2h"} {
		time.Sleep(500 * time.Millisecond)
		writeFile(t, offset, jump)
		if number < 2 {
			must(t, namespace.Pods(t.Context(), runningOrder(2+number)))
		}
	}
	watching.wait(t).mustExit(t, 0)
	waiting.wait(t).mustExit(t, 0)
	writeFile(t, offset, "+0") // or the certificate of the server would not be valid yet
	late := start(t, "", env, podregBinary(), "wait", "shop-order", "-n", namespace.Name, "--for", "instances=9", "--timeout", "2s")
	time.Sleep(500 * time.Millisecond)
	writeFile(t, offset, "-9h")
	late.wait(t).mustExit(t, 8)
}

// fakeTime is libfaketime, for which Debian has the package faketime.
func fakeTime(t *testing.T) string {
	t.Helper()
	found, err := filepath.Glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
	must(t, err)
	if len(found) != 1 {
		t.Fatal("no libfaketime here; ./dev setup cluster installs it")
	}
	return found[0]
}
