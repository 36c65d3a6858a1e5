package cluster

import (
	"testing"

	"podreg/tests/cluster/fixture"
)

func TestUpdateMergesIntoWhatIsRegistered(t *testing.T) {
	namespace := provide(t, orderPod(1).Annotated(
		`{"dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"}]","dubbo.metadata.revision":"r1","timestamp":"1","zone":"z1","gray":"no"}`))

	said := change(t, namespace, "update", "--set", "zone=z2", "--set", "weight=50", "--unset", "gray", "--unset", "never-there")

	mustSay(t, said, "updated")
	written := registeredOn(t, namespace, "shop-order-1")
	mustBeEqual(t, said.Metadata, written)
	mustHave(t, written, "dubbo.endpoints", `[{"port":20880,"protocol":"dubbo"}]`)
	mustHave(t, written, "dubbo.metadata.revision", "r1")
	mustHave(t, written, "zone", "z2")
	mustHave(t, written, "weight", "50")
	mustNotHave(t, written, "gray")
	mustNotHave(t, written, "never-there")
	if written["timestamp"] == "1" {
		t.Error("the timestamp is that of the old registration")
	}
}

func TestAnUpdateThatChangesNothingWritesNothing(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	gate := newGateway(t, namespace, nil)

	for _, args := range [][]string{
		nil, {"--set", "dubbo.metadata.revision=" + revision}, {"--endpoint", "dubbo:20880"}, {"--unset", "never-there"},
	} {
		mustKeep(t, namespace, func() {
			args = append([]string{"update", "shop-order-1", "-o", "json"}, args...)
			said := podreg(t, gate.kubeconfig, args...).registrations(t).Items[0]
			mustSay(t, said, "unchanged")
			mustHave(t, said.Metadata, "timestamp", "1795490503081")
			if version := podOf(t, namespace, "shop-order-1").ResourceVersion; said.ResourceVersion != version {
				t.Errorf("resourceVersion %s, the pod has %s", said.ResourceVersion, version)
			}
		})
	}

	gate.mustHaveWritten(t, 0)
}

func TestTheTimestampAloneIsRefreshedOnRequest(t *testing.T) {
	namespace := provide(t, healthyOrder(1))

	mustSay(t, change(t, namespace, "update", "--timestamp"), "updated")

	written := registeredOn(t, namespace, "shop-order-1")
	mustHave(t, written, "dubbo.metadata.revision", revision)
	if written["timestamp"] == "1795490503081" {
		t.Error("it was not refreshed")
	}
}

func TestAChangedRevisionIsReportedFromOldToNew(t *testing.T) {
	namespace := provide(t, healthyOrder(1))

	ran := in(t, namespace, "update", "shop-order-1", "--services", "@"+golden+".json")

	ran.mustExit(t, 0)
	computed := registeredOn(t, namespace, "shop-order-1")["dubbo.metadata.revision"]
	mustContain(t, content(t, golden+".revision.txt"), computed)
	mustContain(t, ran.stdout+ran.stderr, revision[:8], computed[:8])
}

func TestUpdateRegistersAPodThatIsNotRegistered(t *testing.T) {
	for _, pod := range []fixture.Pod{orderPod(1), orderPod(1).Annotated("")} {
		namespace := provide(t, pod)

		mustSay(t, change(t, namespace, "update", "--endpoint", "dubbo:20880"), "registered")

		mustHave(t, registeredOn(t, namespace, "shop-order-1"), "dubbo.endpoints", `[{"port":20880,"protocol":"dubbo"}]`)
	}
}

func TestUpdateDoesNotBringBackWhatWasUnregistered(t *testing.T) {
	namespace := provide(t, healthyOrder(1))
	change(t, namespace, "unregister")

	for _, args := range [][]string{nil, {"--timestamp"}, {"--unset", "zone"}} {
		mustKeep(t, namespace, func() {
			mustSay(t, change(t, namespace, "update", args...), "absent")
			in(t, namespace, append([]string{"update", "shop-order-1"}, args...)...).mustExit(t, 0, "shop-order-1", "not registered")
		})
	}
}

func TestMetadataInACenterIsWarnedAbout(t *testing.T) {
	namespace := provide(t, healthyOrder(1))

	said := in(t, namespace, "update", "shop-order-1", "--set", "dubbo.metadata.storage-type=remote", "-o", "json").registrations(t)

	if len(said.Warnings) != 1 {
		t.Fatalf("%d warnings: %v", len(said.Warnings), said.Warnings)
	}
	mustContain(t, said.Warnings[0].Message, "metadata center", "consumer")
}
