package peer

import (
	"encoding/json"
	"reflect"
	"testing"

	"podreg/tests/cluster/fixture"
)

// serviceInfo is what Dubbo and podreg both say of an exported service.
type serviceInfo struct {
	Name     string            `json:"name"`
	Group    string            `json:"group"`
	Version  string            `json:"version"`
	Protocol string            `json:"protocol"`
	Path     string            `json:"path"`
	Port     int               `json:"port"`
	Params   map[string]string `json:"params"`
}

// revisionMetadata is an item of podreg metadata.
type revisionMetadata struct {
	App              string                 `json:"app"`
	Revision         string                 `json:"revision"`
	ComputedRevision string                 `json:"computedRevision"`
	Source           string                 `json:"source"`
	Services         map[string]serviceInfo `json:"services"`
}

// ways are those in which podreg reaches a provider.
var ways = []string{"direct", "port-forward"}

// askInEveryWay is podreg metadata of the application.
func askInEveryWay(t *testing.T, namespace fixture.Namespace) map[string]list[revisionMetadata] {
	t.Helper()
	found := map[string]list[revisionMetadata]{}
	for _, way := range ways {
		found[way] = podregList[revisionMetadata](t, namespace, "MetadataList", "metadata", application, "--via", way)
	}
	return found
}

// mustBeOf checks podreg metadata against what the providers say that they export, in the order in
// which podreg shows it: that of the instances.
func mustBeOf(t *testing.T, found map[string]list[revisionMetadata], exported ...json.RawMessage) {
	t.Helper()
	for _, way := range ways {
		found[way].mustNotWarn(t)
		if len(found[way].Items) != len(exported) {
			t.Fatalf("%s: %d revisions, wanted %d", way, len(found[way].Items), len(exported))
		}
		for i, text := range exported {
			wanted, info := parse[revisionMetadata](t, text), found[way].Items[i]
			mustBe(t, way+": application", info.App, wanted.App)
			mustBe(t, way+": revision", info.Revision, wanted.Revision)
			mustBe(t, way+": computed revision", info.ComputedRevision, wanted.Revision)
			if !reflect.DeepEqual(info.Services, wanted.Services) {
				t.Errorf("%s: services:\nfound  %v\nwanted %v", way, info.Services, wanted.Services)
			}
		}
	}
}

func TestPodregAsksAProviderForTheMetadataThatItExports(t *testing.T) {
	observeAll(t, func(t *testing.T, _ string, seen observation) { mustBeOf(t, seen.metadata, seen.metadataInfo) })
}
