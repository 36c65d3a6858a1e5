package peer

import (
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// list is what podreg prints with -o json.
type list[Item any] struct {
	Kind     string    `json:"kind"`
	Items    []Item    `json:"items"`
	Warnings []warning `json:"warnings"`
}

type warning struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// registration is what register, update and unregister print of a pod.
type registration struct {
	Pod      string            `json:"pod"`
	Action   string            `json:"action"`
	Metadata map[string]string `json:"metadata"`
}

// podreg runs it in the namespace, and returns what it printed. It must succeed.
func podreg(t testing.TB, namespace fixture.Namespace, args ...string) string {
	t.Helper()
	return podregAt(t, t.TempDir(), namespace, args...)
}

// podregAt does so with a home of one's own, in which its cache is.
func podregAt(t testing.TB, home string, namespace fixture.Namespace, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, settings.podreg, append(args, "-n", namespace.Name)...)
	command.Env = environment(home)
	stdout, err := command.Output()
	if err != nil {
		stderr := ""
		if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
			stderr = string(exit.Stderr)
		}
		t.Fatalf("podreg %s: %v\n%s%s", strings.Join(args, " "), err, stdout, stderr)
	}
	return string(stdout)
}

func environment(home string) []string {
	return []string{"KUBECONFIG=" + kubeconfig(), "HOME=" + home}
}

func podregInstances(t *testing.T, namespace fixture.Namespace, service string) list[instance] {
	t.Helper()
	return podregList[instance](t, namespace, "InstanceList", "instances", service)
}

func podregServices(t *testing.T, namespace fixture.Namespace) []string {
	t.Helper()
	type service struct {
		Name string `json:"name"`
	}
	names := []string{}
	for _, s := range podregList[service](t, namespace, "ServiceList", "services").Items {
		names = append(names, s.Name)
	}
	return names
}

// podregOnPod runs a command that changes the registration of one pod.
func podregOnPod(t *testing.T, namespace fixture.Namespace, args ...string) registration {
	t.Helper()
	changed := podregList[registration](t, namespace, "RegistrationList", args...)
	changed.mustNotWarn(t)
	if len(changed.Items) != 1 {
		t.Fatalf("podreg %s: %d items, wanted 1", strings.Join(args, " "), len(changed.Items))
	}
	return changed.Items[0]
}

func podregList[Item any](t *testing.T, namespace fixture.Namespace, kind string, args ...string) list[Item] {
	t.Helper()
	found := parse[list[Item]](t, []byte(podreg(t, namespace, append(args, "-o", "json")...)))
	if found.Kind != kind {
		t.Errorf("podreg %s: kind %q, wanted %s", strings.Join(args, " "), found.Kind, kind)
	}
	return found
}

func (l list[Item]) without(code string) []warning {
	return slices.DeleteFunc(slices.Clone(l.Warnings), func(w warning) bool { return w.Code == code })
}

func (l list[Item]) mustNotWarn(t *testing.T) {
	t.Helper()
	for _, w := range l.Warnings {
		t.Errorf("warning of podreg: %s", w.Message)
	}
}
