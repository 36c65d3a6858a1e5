package peer

import "testing"

// While a Deployment changes, the old version runs beside the new one, which exports more.
func TestPodregShowsBothRevisionsDuringARollingChange(t *testing.T) {
	namespace := newShopOfTwo(t)
	registry := registryURL(t, namespace)
	before, exportedBefore := setup{protocols: both, services: order}.start(t, providerPod, registry)
	_, exportedAfter := setup{protocols: both, services: all, serialization: "hessian2"}.start(t, otherPod, registry)

	step(t, "both run", func(t *testing.T) {
		mustBeOf(t, askInEveryWay(t, namespace), exportedBefore, exportedAfter)
		view := lookForURLs(t, namespace, []subscription{everything})[everything]
		view.mustAgree(t)
		view.mustNotWarn(t)
		urls := view.podreg["direct"].Items
		if len(urls) != 2+6 {
			t.Errorf("%d URLs, wanted 2 of the old one and 6 of the new one", len(urls))
		}
		for _, u := range urls {
			if u.Interface == stockService {
				mustBe(t, "pod with the new service", u.Pod, otherPod)
			}
		}
	})
	step(t, "the old one has ended", func(t *testing.T) {
		must(t, before.terminate())
		view := lookForURLs(t, namespace, []subscription{everything})[everything]
		for _, way := range ways {
			found := podregList[revisionMetadata](t, namespace, "MetadataList", "metadata", application, "--via", way)
			if len(found.Items) != 1 {
				t.Fatalf("%s: %d revisions, wanted 1", way, len(found.Items))
			}
			mustBe(t, way+": revision", found.Items[0].Revision, parse[revisionMetadata](t, exportedAfter).Revision)
			mustBe(t, way+": URLs", asText(view.podreg[way].Items), asText(view.dubbo))
		}
	})
}
