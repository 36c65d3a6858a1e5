package peer

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"podreg/tests/cluster/fixture"
)

// registry is the real Dubbo's view of what Kubernetes holds: the Java program Peer.
type registry struct {
	*java
	commands io.Writer
}

// instance is what Dubbo and podreg both say of one.
type instance struct {
	ServiceName string            `json:"serviceName"`
	Host        string            `json:"host"`
	Port        int               `json:"port"`
	Metadata    map[string]string `json:"metadata"`
}

// startRegistry starts one for all tests; what it registers is the provider's pod.
func startRegistry() (*registry, error) {
	program, commands, err := startJava(dubbo32, providerPod, "Peer")
	if err != nil {
		return nil, err
	}
	return &registry{program, commands}, nil
}

// registryURL is what an application has in its configuration.
func registryURL(t testing.TB, namespace fixture.Namespace, parameters ...string) string {
	t.Helper()
	ports, err := shared.Dir.Ports()
	must(t, err)
	return fmt.Sprintf("kubernetes://127.0.0.1:%d?%s", ports.APIServer,
		strings.Join(append([]string{"namespace=" + namespace.Name}, parameters...), "&"))
}

// ask gives it a command, and waits for the answer.
func (r *registry) ask(t *testing.T, namespace fixture.Namespace, command ...string) json.RawMessage {
	t.Helper()
	text, err := r.tryAsk(t, namespace, command...)
	if err != nil {
		t.Fatalf("Dubbo, asked %q: %v\n%s", command, err, r.log())
	}
	return text
}

func (r *registry) tryAsk(t *testing.T, namespace fixture.Namespace, command ...string) (json.RawMessage, error) {
	t.Helper()
	line := strings.Join(append([]string{registryURL(t, namespace)}, command...), " ")
	if _, err := fmt.Fprintln(r.commands, line); err != nil {
		return nil, err
	}
	var answer struct {
		Value json.RawMessage `json:"value"`
		Error string          `json:"error"`
	}
	if err := r.next("answer", &answer); err != nil {
		return nil, err
	}
	if answer.Error != "" {
		return nil, errors.New(answer.Error)
	}
	return answer.Value, nil
}

func (r *registry) services(t *testing.T, namespace fixture.Namespace) []string {
	t.Helper()
	return parse[[]string](t, r.ask(t, namespace, "services"))
}

// instances are in podreg's order.
func (r *registry) instances(t *testing.T, namespace fixture.Namespace, service string) []instance {
	t.Helper()
	return sorted(parse[[]instance](t, r.ask(t, namespace, "instances", service)))
}

// watch tells the instances of the service at every change, until the test ends.
func (r *registry) watch(t *testing.T, namespace fixture.Namespace, service string) {
	t.Helper()
	r.ask(t, namespace, "watch", service)
	t.Cleanup(func() { r.ask(t, namespace, "unwatch") })
}

// waitUntilWatched waits for a change after which the instances are as wanted.
func (r *registry) waitUntilWatched(t *testing.T, what string, wanted func([]instance) bool) []instance {
	t.Helper()
	for {
		var found []instance
		if err := r.next("watched", &found); err != nil {
			t.Fatalf("while waiting until %s: %v\n%s", what, err, r.log())
		}
		if wanted(found) {
			return sorted(found)
		}
	}
}

// register registers the provider's pod with the metadata, a JSON object.
func (r *registry) register(t *testing.T, namespace fixture.Namespace, metadata string) {
	t.Helper()
	r.ask(t, namespace, "register", writeFile(t, "metadata.json", metadata))
}

func sorted(instances []instance) []instance {
	slices.SortFunc(instances, func(a, b instance) int {
		if a.Host != b.Host {
			return strings.Compare(a.Host, b.Host)
		}
		return a.Port - b.Port
	})
	return instances
}

func parse[Value any](t testing.TB, text []byte) Value {
	t.Helper()
	var value Value
	if err := json.Unmarshal(text, &value); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return value
}

func writeFile(t testing.TB, name, content string) string {
	t.Helper()
	path := t.TempDir() + "/" + name
	must(t, os.WriteFile(path, []byte(content), 0o600))
	return path
}
