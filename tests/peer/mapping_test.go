package peer

import (
	"encoding/json"
	"fmt"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"podreg/tests/cluster/fixture"
)

const (
	orderService = "com.example.shop.OrderService"
	priceService = "com.example.shop.PriceService"

	stockPod  = "shop-stock-0" // at the second address
	pricePod  = "shop-price-0" // at the first one, as the provider's, on another port
	silentPod = "shop-silent-0"
)

// mapping is an item of podreg mapping.
type mapping struct {
	Interface    string     `json:"interface"`
	Applications []string   `json:"applications"`
	Source       string     `json:"source"`
	Providers    []provider `json:"providers"`
}

type provider struct {
	Application string   `json:"application"`
	Namespace   string   `json:"namespace"`
	Known       bool     `json:"known"`
	Versions    []string `json:"versions"`
	Groups      []string `json:"groups"`
	Protocols   []string `json:"protocols"`
	Revisions   []string `json:"revisions"`
}

// mall is a namespace with three applications that run: shop-order and shop-stock both provide orders,
// shop-stock has stock in two versions and groups, and shop-price is on another protocol.
type mall struct {
	fixture.Namespace
	providers []*java
	exported  []revisionMetadata // by Dubbo's own account
}

func newMall(t *testing.T) mall {
	t.Helper()
	namespace := newShop(t, fixture.Dubbo)
	must(t, namespace.Service(t.Context(), "shop-stock", fixture.Dubbo))
	must(t, namespace.Service(t.Context(), "shop-price", fixture.Tri))
	stock, price := shopPod(stockPod, onlyDubbo), shopPod(pricePod, onlyTri)
	stock.App, price.App = "shop-stock", "shop-price"
	must(t, namespace.Pods(t.Context(), stock, price))
	for _, name := range []string{"shop-stock", "shop-price"} {
		must(t, namespace.WaitForEndpoints(t.Context(), name, 1, 0))
	}
	found := mall{Namespace: namespace}
	for _, start := range []struct {
		pod string
		setup
	}{
		{providerPod, setup{protocols: onlyDubbo, services: order}},
		{stockPod, setup{protocols: onlyDubbo, services: []string{"order", "stock", "stock@g2:2.0.0"}}},
		{pricePod, setup{protocols: onlyTri, services: []string{"price"}}},
	} {
		process, info := start.start(t, start.pod, registryURL(t, namespace))
		found.providers = append(found.providers, process)
		found.exported = append(found.exported, parse[revisionMetadata](t, info))
	}
	return found
}

// wanted are the mappings of the cluster by what the providers say that they export.
func (m mall) wanted() []mapping {
	of := map[string]map[string]*provider{}
	for _, info := range m.exported {
		for _, service := range info.Services {
			if of[service.Name] == nil {
				of[service.Name] = map[string]*provider{}
			}
			if of[service.Name][info.App] == nil {
				of[service.Name][info.App] = &provider{Application: info.App, Namespace: m.Name, Known: true,
					Revisions: []string{info.Revision}}
			}
			p := of[service.Name][info.App]
			p.Versions = with(p.Versions, service.Version)
			p.Groups = with(p.Groups, service.Group)
			p.Protocols = with(p.Protocols, service.Protocol)
		}
	}
	mappings := []mapping{}
	for _, name := range slices.Sorted(maps.Keys(of)) {
		next := mapping{Interface: name, Source: "cluster"}
		for _, application := range slices.Sorted(maps.Keys(of[name])) {
			next.Applications = append(next.Applications, application)
			next.Providers = append(next.Providers, *of[name][application])
		}
		mappings = append(mappings, next)
	}
	return mappings
}

func with(texts []string, text string) []string {
	texts = append(texts, text)
	slices.Sort(texts)
	return slices.Compact(texts)
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.MarshalIndent(value, "", " ")
	must(t, err)
	return string(text)
}

// mappings runs podreg mapping with a home, in which its cache is.
func (m mall) mappings(t *testing.T, home string, args ...string) list[mapping] {
	t.Helper()
	args = append([]string{"mapping", "-o", "json"}, args...)
	found := parse[list[mapping]](t, []byte(podregAt(t, home, m.Namespace, args...)))
	mustBe(t, "kind", found.Kind, "MappingList")
	return found
}

func (m mall) mustBeAsWanted(t *testing.T, found list[mapping]) {
	t.Helper()
	mustBe(t, "mappings", asJSON(t, found.Items), asJSON(t, m.wanted()))
}

// entries are the files of the cache in a home.
func entries(t *testing.T, home string) []string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(home, ".cache", "podreg", "metadata", "*"))
	must(t, err)
	return found
}

func codes(warnings []warning) string {
	found := []string{}
	for _, w := range warnings {
		found = append(found, w.Code)
	}
	slices.Sort(found)
	return strings.Join(found, " ")
}

// The providers take seconds to start, so one mall serves all steps.
func TestMappingOfThreeApplications(t *testing.T) {
	mall := newMall(t)
	home := t.TempDir()

	step(t, "it is what the providers export", func(t *testing.T) {
		for _, way := range ways {
			found := mall.mappings(t, t.TempDir(), "--via", way)
			found.mustNotWarn(t)
			mall.mustBeAsWanted(t, found)
		}
		providers := mall.wanted()[2].Providers[0]
		mustBe(t, "interface in two versions and groups", mall.wanted()[2].Interface, stockService)
		mustBe(t, "versions", strings.Join(providers.Versions, " "), "1.0.0 2.0.0")
		mustBe(t, "groups", strings.Join(providers.Groups, " "), "g1 g2")
	})
	step(t, "fifty processes fill the cache at once", func(t *testing.T) { mall.fillAtOnce(t, home) })
	step(t, "a corrupt entry is dropped and asked for again", func(t *testing.T) {
		entry := entries(t, home)[0]
		before, err := os.ReadFile(entry)
		must(t, err)
		must(t, os.WriteFile(entry, []byte(strings.Replace(string(before), "20880", "20881", 1)[:len(before)/2]), 0o600))
		mall.mustBeAsWanted(t, mall.mappings(t, home))
		after, err := os.ReadFile(entry)
		must(t, err)
		mustBe(t, "entry", string(after), string(before))
	})
	step(t, "a cache for which there is no room is left out", func(t *testing.T) { mall.cacheOnAFullDisk(t) })
	step(t, "an interface stands where a Service does", func(t *testing.T) { mall.takeInterfaces(t) })
	step(t, "a stale provided-by is a warning", func(t *testing.T) { mall.checkStale(t, home) })
	step(t, "a consumer's cache file is read as Dubbo reads it", func(t *testing.T) { mall.compareWithConsumer(t, home) })
	step(t, "a provider that never answers holds up nobody", func(t *testing.T) { mall.addSilentOne(t) })
	step(t, "a second run asks no provider", func(t *testing.T) {
		for _, process := range mall.providers {
			must(t, process.process.Process.Kill()) // none of them unregisters
			must(t, process.wait())
		}
		mall.mustBeAsWanted(t, mall.mappings(t, home, "--timeout", "1s"))
	})
}

func (m mall) fillAtOnce(t *testing.T, home string) {
	t.Helper()
	outputs := make([]string, 50)
	var all sync.WaitGroup
	for i := range outputs {
		all.Add(1)
		go func() {
			defer all.Done()
			// Fifty ask each provider; on a busy machine that takes longer than usual.
			command := exec.CommandContext(t.Context(), settings.podreg, "mapping", "-o", "json", "-n", m.Name, "--timeout", "60s")
			command.Env = environment(home)
			output, err := command.CombinedOutput()
			outputs[i] = string(output)
			if err != nil {
				outputs[i] += err.Error()
			}
		}()
	}
	all.Wait()
	for _, output := range outputs {
		if output != outputs[0] {
			t.Fatalf("outputs differ:\n%s\n%s", output, outputs[0])
		}
	}
	m.mustBeAsWanted(t, parse[list[mapping]](t, []byte(outputs[0])))
	wanted := []string{}
	for _, info := range m.exported {
		wanted = append(wanted, info.Revision+".record")
	}
	slices.Sort(wanted)
	found := []string{}
	for _, path := range entries(t, home) {
		found = append(found, filepath.Base(path))
	}
	mustBe(t, "entries", strings.Join(found, " "), strings.Join(wanted, " "))
}

// cacheOnAFullDisk has a home on a file system without room: the answer is the same, and nothing is left there.
func (m mall) cacheOnAFullDisk(t *testing.T) {
	t.Helper()
	home := t.TempDir()
	script := `mount -t tmpfs -o size=8k none "$HOME" && mkdir -p "$HOME/.cache/podreg/metadata"; ` +
		`head -c 9000 /dev/zero >"$HOME/fill"; "$0" "$@" && find "$HOME/.cache" -type f >&2`
	command := exec.CommandContext(t.Context(), "unshare", "--mount", "sh", "-c", script, settings.podreg,
		"mapping", "-o", "json", "-n", m.Name)
	command.Env = append(environment(home), "PATH="+os.Getenv("PATH"))
	var stderr strings.Builder
	command.Stderr = &stderr
	output, err := command.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	m.mustBeAsWanted(t, parse[list[mapping]](t, output))
	if said := stderr.String(); !strings.Contains(said, "No space left on device") || strings.Contains(said, home+"/.cache/") {
		t.Errorf("there was room, or it left something: %s", said)
	}
}

// takeInterfaces names an interface to commands that take a Service.
func (m mall) takeInterfaces(t *testing.T) {
	t.Helper()
	pods := []string{}
	for _, url := range podregList[serviceURL](t, m.Namespace, "UrlList", "urls", orderService).Items {
		pods = append(pods, url.Pod)
	}
	mustBe(t, "pods of the URLs", strings.Join(pods, " "), providerPod+" "+stockPod)
	status, probes := probe(t, m.Namespace, orderService)
	if status != 0 || len(probes) != 2 {
		t.Errorf("probe: status %d, %+v", status, probes)
	}
	mustBe(t, "result", podreg(t, m.Namespace, "invoke", priceService, priceService+".price", `"sku"`), "1.25\n")
	mustBe(t, "wait", podreg(t, m.Namespace, "wait", orderService, "--for", "instances=1", "--for", "interface="+orderService),
		"service/shop-order condition met\nservice/shop-stock condition met\n")
	for args, wanted := range map[string]string{
		orderService + " --for instances=2 --timeout 1s":          `Service "shop-order", "shop-stock" in namespace`,
		"com.example.shop.NoService --for ready --timeout 1500ms": `"com.example.shop.NoService" not found`,
	} {
		found := run(t, m.Namespace, append([]string{"wait"}, strings.Fields(args)...)...)
		if found.status != 8 || !strings.Contains(found.stderr, wanted) {
			t.Errorf("wait %s: status %d: %s", args, found.status, found.stderr)
		}
	}
}

func (m mall) checkStale(t *testing.T, home string) {
	t.Helper()
	consumer := "consumer://10.244.77.20/" + stockService + "?provided-by=shop-gone,shop-order"
	for _, args := range [][]string{{stockService, "--provided-by", " shop-order,, shop-gone,shop-order"}, {consumer}} {
		found := m.mappings(t, home, args...)
		mustBe(t, "source", found.Items[0].Source, "provided-by")
		mustBe(t, "applications", strings.Join(found.Items[0].Applications, " "), "shop-gone shop-order")
		mustBe(t, "warnings", codes(found.Warnings), "ApplicationNotRegistered InterfaceNotProvided ProviderLeftOut")
	}
	all := m.mappings(t, home, consumer, "--all-sources")
	if len(all.Items) != 2 {
		t.Fatalf("%d sources, wanted provided-by and cluster: %v", len(all.Items), all.Items)
	}
	mustBe(t, "second source", asJSON(t, all.Items[1]), asJSON(t, m.wanted()[2]))
}

// compareWithConsumer asks a real consumer for the applications of each interface, and then podreg with
// the cache file that the consumer wrote. The URLs are not encoded: Dubbo's URL.valueOf decodes nothing.
func (m mall) compareWithConsumer(t *testing.T, home string) {
	t.Helper()
	registry := registryURL(t, m.Namespace, "subscribed-services=shop-stock, shop-order,,shop-stock")
	of := func(service, parameters string) string {
		return fmt.Sprintf("consumer://10.244.77.20/%s?interface=%[1]s%s", service, parameters)
	}
	consumers := []string{
		of(orderService, ""),
		of(priceService, "&provided-by=shop-price, shop-b ,,\tshop-a,shop-b"),
		of(stockService, "&group=g2&version=2.0.0"),
		of(stockService, "&provided-by= "),
	}
	program := runJava(t, dubbo32, consumerPod, "Mapping", append([]string{registry}, consumers...)...)
	dubbos := make([][]string, len(consumers))
	for i := range consumers {
		must(t, program.next("mapping", &dubbos[i]))
	}
	var file string
	must(t, program.next("cacheFile", &file))

	for i, consumer := range consumers {
		for source, args := range map[string][]string{
			"cache":               {"--cache-file", file},
			"subscribed-services": {"--registry", registry},
		} {
			if strings.Contains(consumer, "shop-price") {
				source = "provided-by"
			}
			found := m.mappings(t, home, append([]string{consumer}, args...)...)
			mustBe(t, consumer+": applications", asJSON(t, found.Items[0].Applications), asJSON(t, dubbos[i]))
			mustBe(t, consumer+": source", found.Items[0].Source, source)
		}
	}
	// Dubbo keeps only what no URL says.
	listed := []string{}
	for _, item := range m.mappings(t, home, "--cache-file", file).Items {
		listed = append(listed, item.Interface+" "+item.Source)
	}
	mustBe(t, "interfaces", strings.Join(listed, "\n"),
		orderService+" cache\n"+priceService+" cluster\n"+stockService+" cache")
}

// addSilentOne registers a fourth application whose MetadataService takes connections and says nothing.
func (m mall) addSilentOne(t *testing.T) {
	t.Helper()
	listener, err := net.Listen("tcp", addressOf(silentPod)+":0")
	must(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	port := fixture.Port{Name: "dubbo", Number: int32(listener.Addr().(*net.TCPAddr).Port)}
	must(t, m.Service(t.Context(), "shop-silent", port))
	pod := shopPod(silentPod, []fixture.Port{port})
	pod.App = "shop-silent"
	must(t, m.Pods(t.Context(), pod))
	must(t, m.WaitForEndpoints(t.Context(), "shop-silent", 1, 0))
	exported := m.exported[0]
	exported.App, exported.Revision = "shop-silent", ""
	file := writeFile(t, "silent.json", asJSON(t, exported))
	podreg(t, m.Namespace, "register", silentPod, "--endpoint", fmt.Sprintf("dubbo:%d", port.Number), "--services", "@"+file)

	found := m.mappings(t, t.TempDir(), "--timeout", "1s", "--via", "direct")
	m.mustBeAsWanted(t, found)
	mustBe(t, "warnings", codes(found.Warnings), "MetadataNotAnswered")
	if !strings.Contains(found.Warnings[0].Message, "shop-silent") {
		t.Errorf("the warning does not name the application: %s", found.Warnings[0].Message)
	}
}
