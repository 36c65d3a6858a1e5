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
	return start(t, "", env, argv...).wait(t)
}

// process is a run that has not ended yet. It does not outlive the test, nor two minutes.
type process struct {
	command        *exec.Cmd
	context        context.Context
	stdout, stderr strings.Builder
	ended          chan struct{}
	err            error // once it has ended
}

func start(t *testing.T, stdin string, env []string, argv ...string) *process {
	t.Helper()
	plantGiven(env, argv)
	ctx := limited(t, 2*time.Minute)
	p := &process{command: exec.CommandContext(ctx, argv[0], argv[1:]...), context: ctx, ended: make(chan struct{})}
	p.command.Env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir()}, env...)
	p.command.Stdin, p.command.Stdout, p.command.Stderr = strings.NewReader(stdin), &p.stdout, &p.stderr
	must(t, p.command.Start())
	go func() {
		p.err = p.command.Wait()
		close(p.ended)
	}()
	return p
}

func (p *process) running() bool {
	select {
	case <-p.ended:
		return false
	default:
		return true
	}
}

// wait returns when it has ended; its status is -1 when it was killed.
func (p *process) wait(t *testing.T) result {
	t.Helper()
	<-p.ended
	if exit := (*exec.ExitError)(nil); p.err != nil && (!errors.As(p.err, &exit) || p.context.Err() != nil) {
		t.Fatalf("%.200q did not end: %v\n%s", p.command.Args, p.err, p.stderr.String())
	}
	ran := result{p.stdout.String(), p.stderr.String(), p.command.ProcessState.ExitCode()}
	mustKeepSecrets(t, p.command.Args, ran)
	return ran
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
