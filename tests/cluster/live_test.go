package cluster

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// terminal is one that nobody sits at: tmux, Debian's (`./dev setup cluster`).
type terminal struct{ socket string }

func newTerminal(t *testing.T, columns, rows int) terminal {
	t.Helper()
	term := terminal{t.TempDir() + "/tmux"}
	term.run(t, "-f", "/dev/null", "new-session", "-d", "-x", fmt.Sprint(columns), "-y", fmt.Sprint(rows),
		"env", "-i", "PATH="+os.Getenv("PATH"), "TERM=screen", "HOME="+t.TempDir(), "PS1=prompt> ",
		"KUBECONFIG="+shared.Dir.AdminKubeconfig(), "sh")
	t.Cleanup(func() { _ = exec.Command("tmux", "-S", term.socket, "kill-server").Run() })
	return term
}

func (term terminal) run(t *testing.T, args ...string) string {
	t.Helper()
	output, err := exec.Command("tmux", append([]string{"-S", term.socket}, args...)...).CombinedOutput()
	if err != nil {
		t.Fatalf("tmux %q: %v: %s", args, err, output)
	}
	return string(output)
}

func (term terminal) enter(t *testing.T, line string) {
	t.Helper()
	term.run(t, "send-keys", "-l", line)
	term.run(t, "send-keys", "Enter")
}

// until waits for what is on the screen.
func (term terminal) until(t *testing.T, what string, holds func(screen string) bool) string {
	t.Helper()
	deadline := time.Now().Add(time.Minute)
	for {
		screen := term.run(t, "capture-pane", "-p")
		if holds(screen) {
			return screen
		}
		if time.Now().After(deadline) {
			t.Fatalf("no %s on the screen:\n%s", what, screen)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func (term terminal) untilHas(t *testing.T, words ...string) string {
	t.Helper()
	return term.until(t, fmt.Sprint(words), func(screen string) bool {
		for _, word := range words {
			if !strings.Contains(screen, word) {
				return false
			}
		}
		return true
	})
}

// terminate ends the process whose number is in the file.
func terminate(t *testing.T, file string) {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	number, err := strconv.Atoi(strings.TrimSpace(string(text)))
	must(t, err)
	must(t, syscall.Kill(number, syscall.SIGTERM))
}

func TestTheLiveTable(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	term := newTerminal(t, 120, 20)
	term.enter(t, "echo before")
	term.untilHas(t, "before")

	pid := t.TempDir() + "/pid"
	for _, end := range []struct {
		how    func()
		status string
	}{
		{func() { term.run(t, "send-keys", "C-c") }, "130"},
		{func() { terminate(t, pid) }, "143"},
	} {
		term.enter(t, fmt.Sprintf("sh -c 'echo $$ > %s; exec %s watch shop-order -n %s'", pid, os.Getenv("PODREG"), namespace.Name))
		term.untilHas(t, "podreg watch: shop-order   1 instance", "10.244.0.1:20880")
		must(t, namespace.Pods(t.Context(), healthyOrder(2)))
		term.untilHas(t, "2 instances", "ADDED 10.244.0.2:20880 shop-order-2")

		term.run(t, "send-keys", "-l", "typed") // is not shown
		term.run(t, "resize-window", "-x", "40", "-y", "5")
		screen := term.until(t, "small table", func(screen string) bool {
			return strings.Contains(screen, "podreg watch") && !strings.Contains(screen, "REVISION")
		})
		mustNotContain(t, screen, "typed")
		term.run(t, "resize-window", "-x", "120", "-y", "20")
		term.untilHas(t, "2 instances", "ADDED 10.244.0.2:20880 shop-order-2", "PROTOCOLS")
		must(t, namespace.Delete(t.Context(), "shop-order-2"))
		term.untilHas(t, "1 instance", "DELETED 10.244.0.2:20880 shop-order-2")

		end.how()
		term.until(t, "prompt", func(screen string) bool {
			return strings.Contains(screen, "before") && !strings.Contains(screen, "podreg watch: ")
		})
		term.run(t, "send-keys", "C-u") // what was typed is the shell's now
		term.enter(t, "echo status=$?.")
		term.untilHas(t, "status="+end.status+".")
		term.enter(t, "stty -a | grep -c ' echo '")
		term.untilHas(t, "\n1\n")
		term.enter(t, "clear; echo before")
		term.untilHas(t, "before")
	}
}
