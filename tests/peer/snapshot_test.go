package peer

import (
	"path/filepath"
	"slices"
	"testing"
)

// What a snapshot tells at home, when nobody can be asked any more, is what the providers told here.
func TestASnapshotTellsWhatTheProvidersTold(t *testing.T) {
	namespace := newShop(t, both...)
	provider, _ := setup{protocols: both, services: withKinds}.start(t, providerPod, registryURL(t, namespace))
	file := filepath.Join(t.TempDir(), "shop.json.gz")
	podreg(t, namespace, "snapshot", "--metadata", "--output-file", file)
	told := podregList[serviceURL](t, namespace, "UrlList", "urls", application)
	must(t, provider.process.Process.Kill())
	must(t, provider.wait())

	kept := podregList[serviceURL](t, namespace, "UrlList", "urls", application, "--snapshot", file)
	if len(told.Items) == 0 || !slices.Equal(kept.Items, told.Items) {
		t.Errorf("kept %v, told %v", kept.Items, told.Items)
	}
	if found := examine(t, namespace, "--snapshot", file); len(found) > 0 {
		t.Errorf("found %v", found)
	}
}
