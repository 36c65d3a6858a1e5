package cluster

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

// result is what a user sees of a run of podreg.
type result struct {
	stdout, stderr string
	status         int
}

// podreg runs the program with a kubeconfig (none when it is empty).
func podreg(t *testing.T, kubeconfig string, args ...string) result {
	t.Helper()
	env := []string{}
	if kubeconfig != "" {
		env = append(env, "KUBECONFIG="+kubeconfig)
	}
	return run(t, env, append([]string{os.Getenv("PODREG")}, args...)...)
}

// asAdmin runs it as somebody who may do everything.
func asAdmin(t *testing.T, args ...string) result {
	t.Helper()
	return podreg(t, shared.Dir.AdminKubeconfig(), args...)
}

// run gives the command nothing of this process's environment that could lead it to another cluster.
func run(t *testing.T, env []string, argv ...string) result {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, argv[0], argv[1:]...)
	command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...)
	var stdout, stderr strings.Builder
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || ctx.Err() != nil) {
		t.Fatalf("%q did not end: %v\n%s", argv, err, stderr.String())
	}
	return result{stdout.String(), stderr.String(), command.ProcessState.ExitCode()}
}

// mustExit checks the exit status, and that the message has every one of the words.
func (r result) mustExit(t *testing.T, status int, words ...string) {
	t.Helper()
	if r.status != status {
		t.Fatalf("exit status %d, wanted %d\nstdout: %s\nstderr: %s", r.status, status, r.stdout, r.stderr)
	}
	mustContain(t, r.stderr, words...)
}

func mustContain(t *testing.T, text string, words ...string) {
	t.Helper()
	for _, word := range words {
		if !strings.Contains(text, word) {
			t.Errorf("%q is not in: %s", word, text)
		}
	}
}

func countLines(text string) int { return strings.Count(text, "\n") }

func mustContainOneOf(t *testing.T, text string, words ...string) {
	t.Helper()
	if !slices.ContainsFunc(words, func(word string) bool { return strings.Contains(text, word) }) {
		t.Errorf("none of %q is in: %s", words, text)
	}
}

func mustNotContain(t *testing.T, text, word string) {
	t.Helper()
	if strings.Contains(text, word) {
		t.Errorf("%q is in: %s", word, text)
	}
}
