package peer

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// probed is an item of podreg probe.
type probed struct {
	URL       string   `json:"url"`
	Pod       string   `json:"pod"`
	Status    string   `json:"status"`
	LatencyMs *float64 `json:"latencyMs"`
	Server    string   `json:"server"`
	Release   string   `json:"release"`
	Error     string   `json:"error"`
	Probes    int      `json:"probes"`
	Failed    int      `json:"failed"`
}

// probe runs podreg probe, and returns its status, too.
func probe(t *testing.T, namespace fixture.Namespace, args ...string) (int, []probed) {
	t.Helper()
	args = append([]string{"probe", "-n", namespace.Name, "-o", "json"}, args...)
	command := exec.CommandContext(t.Context(), settings.podreg, args...)
	command.Env = []string{"KUBECONFIG=" + kubeconfig(), "HOME=" + t.TempDir()}
	stdout, err := command.Output()
	status := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		status = exit.ExitCode()
		t.Logf("podreg %q: status %d: %s", args, status, exit.Stderr)
	} else {
		must(t, err)
	}
	return status, parse[list[probed]](t, stdout).Items
}

// probeAll checks that every URL of the provider answers, and none in the wrong protocol.
func probeAll(t *testing.T, namespace fixture.Namespace, release string) {
	t.Helper()
	for _, way := range ways {
		status, found := probe(t, namespace, application, "--via", way, "--count", "2", "--interval", "10ms")
		if wanted := len(withKinds) * len(both); status != 0 || len(found) != wanted {
			t.Errorf("%s: status %d, %d URLs, wanted %d", way, status, len(found), wanted)
		}
		for _, p := range found {
			mustBe(t, way+": "+p.URL+": status", p.Status+" "+p.Error, "ok ")
			mustBe(t, "release", p.Release, release)
			if p.LatencyMs == nil || p.Probes != 2 || p.Failed != 0 {
				t.Errorf("%s: %+v", way, p)
			}
		}
	}
	address := addressOf(providerPod)
	for url, wanted := range map[string]string{
		"dubbo://%s:20880": "ok ",
		"tri://%s:50051":   "ok ",
		"tri://%s:20880/com.example.shop.OrderService":   "protocol-mismatch it speaks dubbo, not tri",
		"dubbo://%s:50051/com.example.shop.OrderService": "protocol-mismatch it speaks HTTP/2, not dubbo",
		"dubbo://%s:20880/com.example.shop.NoService":    "error com.example.shop.NoService is not exported there",
		"tri://%s:50051/com.example.shop.NoService":      "error com.example.shop.NoService is not exported there",
		"dubbo://%s:20880/com.example.shop.StockService": "error com.example.shop.StockService is not exported there",
		"dubbo://%s:20881/com.example.shop.OrderService": "refused %[1]s:20881 cannot be reached: Connection refused",
	} {
		status, found := probe(t, namespace, fmt.Sprintf(url, address), "--via", "direct")
		if len(found) != 1 || (status == 0) != (wanted == "ok ") {
			t.Fatalf("%s: status %d, %+v", url, status, found)
		}
		if found[0].Status == "refused" {
			wanted = fmt.Sprintf(wanted, address)
		}
		mustBe(t, url, found[0].Status+" "+found[0].Error, wanted)
	}
}

func TestPodregProbesAProviderOnDubbo32(t *testing.T) {
	namespace := newShop(t, both...)
	setup{protocols: both, services: withKinds}.start(t, providerPod, registryURL(t, namespace))
	probeAll(t, namespace, "3.2.6")
}

func TestPodregProbesAProviderOnDubbo33(t *testing.T) {
	namespace := newShop(t, both...)
	setup33{dubbo: dubbo33, setup: setup{protocols: both, services: withKinds}}.startTold(t, namespace)
	probeAll(t, namespace, "3.3.6")
}

func TestPodregTellsServersOfOtherProtocols(t *testing.T) {
	namespace := newShop(t, both...)
	speaks := map[string]*httptest.Server{
		"HTTP/1": httptest.NewServer(http.NotFoundHandler()),
		"TLS":    httptest.NewTLSServer(http.NotFoundHandler()),
	}
	for spoken, server := range speaks {
		defer server.Close()
		for _, protocol := range []string{"dubbo", "tri"} {
			for _, path := range []string{"", "/com.example.shop.OrderService"} {
				url := protocol + "://" + server.Listener.Addr().String() + path
				status, found := probe(t, namespace, url, "--via", "direct")
				if status != 1 || len(found) != 1 {
					t.Fatalf("%s: status %d, %+v", url, status, found)
				}
				mustBe(t, url, found[0].Status, "protocol-mismatch")
				if !strings.Contains(found[0].Error, spoken) {
					t.Errorf("%s: it says %q, and does not name %s", url, found[0].Error, spoken)
				}
			}
		}
	}
}

func TestPodregProbesAProviderThatIsStoppedBetweenTwoProbes(t *testing.T) {
	namespace := newShop(t, both...)
	provider, exported := setup{protocols: both, services: order}.start(t, providerPod, registryURL(t, namespace))
	metadata := "@" + writeFile(t, "MetadataInfo.json", string(exported))
	killed := make(chan error)
	go func() {
		time.Sleep(1500 * time.Millisecond)
		killed <- provider.process.Process.Kill()
	}()
	status, found := probe(t, namespace, application, "--via", "direct", "--metadata-file", metadata, "--count", "30", "--interval", "100ms")
	must(t, <-killed)
	if status != 1 || len(found) != 2 {
		t.Fatalf("status %d, %+v", status, found)
	}
	for _, p := range found {
		mustBe(t, p.URL, p.Status, "refused")
		if p.Probes != 30 || p.Failed == 0 || p.Failed == 30 {
			t.Errorf("%s: %d of %d failed", p.URL, p.Failed, p.Probes)
		}
	}
}

func TestPodregProbesAProviderThatIsStoppedInTheMiddle(t *testing.T) {
	namespace := newShop(t, both...)
	provider, exported := setup{protocols: both, services: order}.start(t, providerPod, registryURL(t, namespace))
	metadata := "@" + writeFile(t, "MetadataInfo.json", string(exported))
	must(t, provider.process.Process.Kill())
	must(t, provider.wait())
	for _, way := range ways {
		status, found := probe(t, namespace, application, "--via", way, "--metadata-file", metadata)
		if status != 1 || len(found) != 2 {
			t.Fatalf("%s: status %d, %+v", way, status, found)
		}
		for _, p := range found {
			mustBe(t, way+": "+p.URL, p.Status, "refused")
		}
	}
}
