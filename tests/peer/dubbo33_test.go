package peer

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"podreg/tests/cluster/fixture"
)

// setup33 is a provider on Dubbo 3.3, and how it answers for its metadata.
type setup33 struct {
	dubbo release
	setup
	version string // of its MetadataService: that of 3.2, or MetadataServiceV2
	over    string // the protocol
}

var setups33 = map[string]setup33{
	"dubbo":                 {dubbo33, setup{protocols: onlyDubbo, services: all}, "1.0.0", "dubbo"},
	"tri without protobuf":  {dubbo33Plain, setup{protocols: onlyTri, services: all}, "1.0.0", "tri"},
	"tri":                   {dubbo33, setup{protocols: onlyTri, services: all}, "2.0.0", "tri"},
	"both":                  {dubbo33, setup{protocols: both, services: all}, "2.0.0", "tri"},
	"both without protobuf": {dubbo33Plain, setup{protocols: both, services: all}, "1.0.0", "dubbo"},
}

// The Kubernetes registry of 3.3 is not published, so podreg registers what the provider tells.
func TestPodregAsksAProviderOnDubbo33(t *testing.T) {
	for name, s := range setups33 {
		t.Run(name, func(t *testing.T) {
			namespace := newShop(t, s.protocols...)
			registered, exported := s.startTold(t, namespace)
			file := writeFile(t, "metadata.json", string(registered))
			mustBe(t, "meta-v", parse[map[string]string](t, registered)["meta-v"], s.version)

			found := askInEveryWay(t, namespace)

			mustBeOf(t, found, exported)
			consumer := s.consumerURLs(t, file)
			for _, way := range ways {
				source := found[way].Items[0].Source
				if !strings.HasPrefix(source, s.over+"://") {
					t.Errorf("%s: the metadata is from %s, not over %s", way, source, s.over)
				}
				urls := podregList[serviceURL](t, namespace, "UrlList", "urls", application, "--via", way)
				urls.mustNotWarn(t)
				mustBe(t, way+": URLs", asText(urls.Items), asText(consumer))
			}
			if wanted := len(s.services) * len(s.protocols); len(consumer) != wanted {
				t.Errorf("the consumer has %d URLs, wanted %d", len(consumer), wanted)
			}
		})
	}
}

// startTold starts the provider, registers what it tells, and returns that and what it exports.
func (s setup33) startTold(t testing.TB, namespace fixture.Namespace) (registered, exported json.RawMessage) {
	t.Helper()
	provider := s.run(t, s.dubbo, providerPod, "told://127.0.0.1")
	must(t, provider.next("registered", &registered))
	must(t, provider.next("metadataInfo", &exported))
	file := writeFile(t, "metadata.json", string(registered))
	podreg(t, namespace, "register", providerPod, "--metadata", "@"+file)
	return registered, exported
}

// consumerURLs are those of a real consumer on the same Dubbo, which asks the provider, too.
func (s setup33) consumerURLs(t *testing.T, metadata string) []serviceURL {
	t.Helper()
	var urls []serviceURL
	port := fmt.Sprint(s.protocols[0].Number)
	must(t, runJava(t, s.dubbo, consumerPod, "Told", addressOf(providerPod), port, metadata).next("urls", &urls))
	return urls
}
