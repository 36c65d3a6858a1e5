package cluster

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
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

// On a file system without room a snapshot fails as a whole: the file that was there stays, and nothing else.
func TestAFullDiskLeavesTheOldSnapshot(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1), runningOrder(2))
	dir := t.TempDir()
	script := `mount -t tmpfs -o size=4k none "$DIR" && echo old >"$DIR/s.json" && head -c 3000 /dev/zero >"$DIR/fill"; ` +
		`"$0" "$@"; echo "status $?"; cat "$DIR/s.json"; ls -A "$DIR"`
	ran := run(t, []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig(), "DIR=" + dir},
		"unshare", "--mount", "sh", "-c", script, podregBinary(),
		"snapshot", "-n", namespace.Name, "--output-file", filepath.Join(dir, "s.json"))
	ran.mustExit(t, 0)
	mustContain(t, ran.stderr, "No space left on device")
	if want := "status 1\nold\nfill\ns.json\n"; ran.stdout != want {
		t.Errorf("found %q, wanted %q", ran.stdout, want)
	}
}

// SIGTERM at any moment ends it at once, with 143 where it was not done, and leaves nothing.
func TestATerminatedPodregIsGoneAtOnce(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1), runningOrder(2))
	dir := t.TempDir()
	for range 100 {
		p := start(t, "", []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig(), "TMPDIR=" + dir}, os.Getenv("PODREG"),
			"snapshot", "-n", namespace.Name, "--output-file", filepath.Join(dir, "s.json"))
		time.Sleep(rand.N(30 * time.Millisecond))
		_ = p.command.Process.Signal(syscall.SIGTERM) // it may have ended
		begun := time.Now()
		p.wait(t)
		if took := time.Since(begun); took > 5*time.Second {
			t.Errorf("it took %v to end", took)
		}
	}
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
