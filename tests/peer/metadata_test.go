package peer

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
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

// serviceURL is an item of podreg urls.
type serviceURL struct {
	Protocol  string `json:"protocol"`
	Host      string `json:"host"`
	Port      int    `json:"port"`
	Path      string `json:"path"`
	Interface string `json:"interface"`
	Version   string `json:"version"`
	Group     string `json:"group"`
	Pod       string `json:"pod"`
}

// ways are those in which podreg reaches a provider.
var ways = []string{"direct", "port-forward"}

// asked is what podreg learns from a running provider, by way.
type asked struct {
	metadata map[string]list[revisionMetadata]
	urls     map[string]list[serviceURL]
}

func ask(t *testing.T, namespace fixture.Namespace) asked {
	t.Helper()
	found := asked{map[string]list[revisionMetadata]{}, map[string]list[serviceURL]{}}
	for _, way := range ways {
		found.metadata[way] = podregList[revisionMetadata](t, namespace, "MetadataList", "metadata", application, "--via", way)
		found.urls[way] = podregList[serviceURL](t, namespace, "UrlList", "urls", application, "--via", way)
	}
	return found
}

func TestPodregAsksAProviderForTheMetadataThatItExports(t *testing.T) {
	observeAll(t, func(t *testing.T, _ string, seen observation) {
		var exported revisionMetadata
		must(t, json.Unmarshal(seen.metadataInfo, &exported))
		for _, way := range ways {
			found := seen.asked.metadata[way]
			found.mustNotWarn(t)
			if len(found.Items) != 1 {
				t.Fatalf("%s: %d revisions, wanted 1", way, len(found.Items))
			}
			info := found.Items[0]
			mustBe(t, way+": application", info.App, exported.App)
			mustBe(t, way+": revision", info.Revision, exported.Revision)
			mustBe(t, way+": computed revision", info.ComputedRevision, exported.Revision)
			if !reflect.DeepEqual(info.Services, exported.Services) {
				t.Errorf("%s: services:\nfound  %v\nwanted %v", way, info.Services, exported.Services)
			}
		}
	})
}

func TestPodregShowsAUrlForEveryServiceOverEveryProtocol(t *testing.T) {
	observeAll(t, func(t *testing.T, name string, seen observation) {
		var exported revisionMetadata
		must(t, json.Unmarshal(seen.metadataInfo, &exported))
		wanted := []string{}
		for _, service := range exported.Services {
			wanted = append(wanted, fmt.Sprint(serviceURL{service.Protocol, settings.address, service.Port, service.Path,
				service.Name, service.Version, service.Group, providerPod}))
		}
		slices.Sort(wanted)
		for _, way := range ways {
			urls := seen.asked.urls[way]
			urls.mustNotWarn(t)
			found := []string{}
			for _, u := range urls.Items {
				found = append(found, fmt.Sprint(u))
			}
			slices.Sort(found)
			mustBe(t, name+", "+way+": URLs", strings.Join(found, "\n"), strings.Join(wanted, "\n"))
		}
	})
}
