package peer

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"podreg/tests/cluster/fixture"
)

// setup is what a provider exports: every one of the services over every one of the protocols.
type setup struct {
	protocols     []fixture.Port
	services      []string
	serialization string // empty: what Dubbo prefers, which is not hessian2
}

var (
	onlyDubbo = []fixture.Port{fixture.Dubbo}
	onlyTri   = []fixture.Port{fixture.Tri}
	both      = []fixture.Port{fixture.Dubbo, fixture.Tri}

	order = []string{"order"}
	all   = []string{"order", "stock", "price"}
)

// setups have the names of golden files that Dubbo wrote at another time, where there are some.
var setups = map[string]setup{
	"dubbo-order":                      {onlyDubbo, order, ""},
	"dubbo-order+stock+price":          {onlyDubbo, all, ""},
	"dubbo-order+stock+price-hessian2": {onlyDubbo, all, "hessian2"},
	"tri-order":                        {onlyTri, order, ""},
	"tri-order+stock+price":            {onlyTri, all, ""},
	"both-order":                       {both, order, ""},
	"both-order+stock+price":           {both, all, ""},
	"both-order+stock+price-hessian2":  {both, all, "hessian2"},
}

// start starts the real provider in the pod, and returns what it exports once it is up.
func (s setup) start(t testing.TB, pod, registry string) (*java, json.RawMessage) {
	t.Helper()
	provider := s.run(t, dubbo32, pod, registry)
	var metadataInfo json.RawMessage
	must(t, provider.next("metadataInfo", &metadataInfo))
	return provider, metadataInfo
}

func (s setup) run(t testing.TB, dubbo release, pod, registry string) *java {
	t.Helper()
	args := []string{registry, strings.Join(s.endpoints(), ","), strings.Join(s.services, ",")}
	if s.serialization != "" {
		args = append(args, s.serialization)
	}
	return runJava(t, dubbo, pod, "Provider", args...)
}

// endpoints are PROTOCOL:PORT, as the provider and podreg take them.
func (s setup) endpoints() []string {
	var found []string
	for _, p := range s.protocols {
		found = append(found, fmt.Sprintf("%s:%d", p.Name, p.Number))
	}
	return found
}

func mustBeInstances(t *testing.T, found, wanted []instance) {
	t.Helper()
	if len(found) == 0 && len(wanted) == 0 {
		return
	}
	if !reflect.DeepEqual(found, wanted) {
		t.Errorf("instances:\nfound  %q\nwanted %q", found, wanted)
	}
}

// endpointFlags are for podreg register.
func (s setup) endpointFlags() []string {
	var flags []string
	for _, endpoint := range s.endpoints() {
		flags = append(flags, "--endpoint", endpoint)
	}
	return flags
}

// observation is all that the tests want to know of a provider's life. A provider takes seconds to
// start, so each setup is observed once.
type observation struct {
	metadataInfo       json.RawMessage // what it exports
	annotation         string          // what it registers
	running, afterward view
	// What podreg asked it for while it was running.
	metadata map[string]list[revisionMetadata]
	urls     map[subscription]urlView
}

// view is what Dubbo and podreg see of the registry at the same time.
type view struct {
	dubboServices, podregServices []string
	dubbo                         []instance
	podreg                        list[instance]
}

func look(t *testing.T, namespace fixture.Namespace) view {
	t.Helper()
	return view{
		dubboServices:  dubbo.services(t, namespace),
		podregServices: podregServices(t, namespace),
		dubbo:          dubbo.instances(t, namespace, application),
		podreg:         podregInstances(t, namespace, application),
	}
}

func (v view) mustAgree(t *testing.T) {
	t.Helper()
	if !slices.Equal(v.podregServices, v.dubboServices) {
		t.Errorf("services:\nfound  %q\nwanted %q", v.podregServices, v.dubboServices)
	}
	mustBeInstances(t, v.podreg.Items, v.dubbo)
}

var observations = map[string]observation{}

// observeAll runs a test on every setup.
func observeAll(t *testing.T, test func(t *testing.T, name string, seen observation)) {
	for _, name := range slices.Sorted(maps.Keys(setups)) {
		t.Run(name, func(t *testing.T) { test(t, name, observe(t, name)) })
	}
}

func observe(t *testing.T, name string) observation {
	t.Helper()
	if seen, done := observations[name]; done {
		return seen
	}
	namespace := newShop(t, setups[name].protocols...)
	provider, metadataInfo := setups[name].start(t, providerPod, registryURL(t, namespace))
	seen := observation{
		metadataInfo: metadataInfo,
		annotation:   annotation(t, namespace, providerPod),
		running:      look(t, namespace),
		metadata:     askInEveryWay(t, namespace),
		urls:         lookForURLs(t, namespace, subscriptions),
	}
	must(t, provider.terminate())
	seen.afterward = look(t, namespace)
	observations[name] = seen
	return seen
}

func TestPodregShowsWhatDubboSeesOfAProvider(t *testing.T) {
	observeAll(t, func(t *testing.T, name string, seen observation) {
		seen.running.mustAgree(t)
		seen.running.podreg.mustNotWarn(t)
		if found, wanted := len(seen.running.dubbo), len(setups[name].protocols); found != wanted {
			t.Errorf("%d instances, wanted one on each of %d ports", found, wanted)
		}
	})
}

func TestPodregShowsWhatDubboSeesAfterAProviderHasEnded(t *testing.T) {
	observeAll(t, func(t *testing.T, _ string, seen observation) {
		seen.afterward.mustAgree(t)
		mustBeInstances(t, seen.afterward.dubbo, nil)
		if warnings := seen.afterward.podreg.Warnings; len(warnings) != 1 || !strings.Contains(warnings[0].Message, providerPod) {
			t.Errorf("no warning, or more than one, about the pod that is not registered: %v", warnings)
		}
	})
}

var withoutGolden = []string{
	"tri-order+stock+price", "dubbo-order+stock+price-hessian2", "both-order+stock+price-hessian2",
}

func TestAProviderRegistersWhatTheGoldenFilesSay(t *testing.T) {
	observeAll(t, func(t *testing.T, name string, seen observation) {
		golden, err := os.ReadFile(filepath.Join("..", "golden", "dubbo", "register-3.2.6", name+".annotation.txt"))
		if os.IsNotExist(err) && slices.Contains(withoutGolden, name) {
			return
		}
		must(t, err)
		mustBe(t, "annotation", untimed(seen.annotation), untimed(string(golden)))
	})
}
