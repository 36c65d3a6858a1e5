package cluster

import (
	"testing"

	"podreg/tests/cluster/fixture"
)

// oneOfEachKind are three healthy pods and every kind of pod that has something wrong with it.
func oneOfEachKind() []fixture.Pod {
	return []fixture.Pod{
		healthyOrder(1), healthyOrder(2), healthyOrder(3),
		orderPod(11), // not registered
		orderPod(12).Annotated(""),
		orderPod(13).Annotated(`{}`),
		orderPod(14).Annotated(`{"dubbo.metadata.revision":`),
		orderPod(15).Annotated(`["dubbo.metadata.revision"]`),
		orderPod(16).Annotated(`{"dubbo.metadata.revision":"r16","weight":50,"gray":true,"tags":{"zone":"z1"}}`),
		healthyOrder(17).NotYetReady(),
	}
}

func TestBrokenPodsHideNoOther(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, oneOfEachKind()...)

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{
		"shop-order-1 10.244.0.1:20880", "shop-order-2 10.244.0.2:20880", "shop-order-3 10.244.0.3:20880",
		"shop-order-13 10.244.0.13:20880", "shop-order-16 10.244.0.16:20880",
	})
}

func TestAPodWithoutAnnotationIsLeftOutWithAWarning(t *testing.T) {
	mustWarnAbout(t, orderPod(11), "PodWithoutMetadata")
}

func TestAPodWithAnEmptyAnnotationIsLeftOutWithAWarning(t *testing.T) {
	mustWarnAbout(t, orderPod(11).Annotated(""), "PodWithoutMetadata")
}

func TestAPodWhoseAnnotationIsNoJSONIsLeftOutWithAWarning(t *testing.T) {
	mustWarnAbout(t, orderPod(11).Annotated(`{"dubbo.metadata.revision":`), "InvalidMetadata")
}

func TestAPodWhoseAnnotationIsNoObjectIsLeftOutWithAWarning(t *testing.T) {
	mustWarnAbout(t, orderPod(11).Annotated(`["dubbo.metadata.revision"]`), "InvalidMetadata")
}

// mustWarnAbout serves the pod beside a healthy one.
func mustWarnAbout(t *testing.T, broken fixture.Pod, code string) {
	t.Helper()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1), broken)

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)
	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
	message := found.mustWarn(t, code, broken.IP, broken.Name).Message
	mustContain(t, message, broken.Name, "consumer")
	if len(found.Warnings) != 1 {
		t.Errorf("other warnings: %v", found.Warnings)
	}

	table := asAdmin(t, "instances", "shop-order", "-n", namespace.Name)
	table.mustExit(t, 0, broken.Name)
	mustContain(t, table.stdout, "shop-order-1")
}

func TestAnEmptyObjectIsMetadata(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, orderPod(1).Annotated(`{}`))

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
	if len(found.Items) == 1 && len(found.Items[0].Metadata) != 0 {
		t.Errorf("metadata: %v", found.Items[0].Metadata)
	}
}

func TestValuesThatAreNotStringsAreKept(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, orderPod(1).Annotated(
		`{"dubbo.metadata.revision":"r1","weight":50,"gray":true,"tags":{"zone":"z1"}}`))

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
	kept := found.Items[0].Metadata
	tags, _ := kept["tags"].(map[string]any)
	if kept["weight"] != 50.0 || kept["gray"] != true || tags["zone"] != "z1" {
		t.Errorf("metadata: %v", kept)
	}
}

func TestTenPodsWithTheSameFaultAreOneLine(t *testing.T) {
	namespace := newNamespace(t)
	pods := []fixture.Pod{healthyOrder(1)}
	for i := range 10 {
		pods = append(pods, orderPod(11+i))
	}
	serveOrder(t, namespace, pods...)

	table := asAdmin(t, "instances", "shop-order", "-n", namespace.Name)
	table.mustExit(t, 0, "10", "shop-order-11")
	if lines := countLines(table.stderr); lines != 1 {
		t.Errorf("%d lines of warnings: %s", lines, table.stderr)
	}

	found := asAdmin(t, "instances", "shop-order", "-n", namespace.Name, "-o", "json").instances(t)
	if warnings := found.about("PodWithoutMetadata"); len(warnings) != 10 {
		t.Errorf("%d warnings in JSON", len(warnings))
	}
}
