package cluster

import (
	"strings"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

func TestAServiceOf2500PodsIsCompleteWithSlicesOnly(t *testing.T) {
	if testing.Short() {
		t.Skip("makes 2,500 pods")
	}
	namespace := newNamespace(t)
	many := fixture.Bulk{Service: "large", Pods: 2500, Clients: 8}
	must(t, namespace.Populate(limited(t, 5*time.Minute), many, func(int) {}))

	truncated := asAdmin(t, "instances", "large", "-n", namespace.Name, "-o", "json").instances(t)
	if len(truncated.Items) != 1000 {
		t.Errorf("%d instances from Endpoints", len(truncated.Items))
	}
	message := truncated.mustWarn(t, "EndpointsTruncated", "", "").Message
	mustContain(t, strings.ReplaceAll(message, ",", ""), "1000", "2500", "endpointslices")

	found := asAdmin(t, "doctor", "large", "--no-probe", "-n", namespace.Name, "-o", "json", "--only", "EndpointsTruncated")
	mustBe(t, codes(parse[finding](t, found, "FindingList").Items), []string{"EndpointsTruncated service/large"})

	complete := asAdmin(t, append(fromSlices, "instances", "large", "-n", namespace.Name)...).instances(t)
	complete.mustNotWarn(t)
	if len(complete.Items) != 2500 {
		t.Errorf("%d instances from EndpointSlices", len(complete.Items))
	}
	pods := map[string]bool{}
	for _, i := range complete.Items {
		pods[i.Pod] = true
	}
	if len(pods) != 2500 {
		t.Errorf("%d different pods", len(pods))
	}
}
