package cluster

import (
	"encoding/json"
	"os"
	"testing"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"podreg/tests/cluster/fixture"
)

// registration is an item of a RegistrationList.
type registration struct {
	Pod             string            `json:"pod"`
	Namespace       string            `json:"namespace"`
	Action          string            `json:"action"`
	ResourceVersion string            `json:"resourceVersion"`
	Metadata        map[string]string `json:"metadata"`
}

// registrations reads the result of a command that writes, with `-o json`, which must have succeeded.
func (r result) registrations(t *testing.T) list[registration] {
	t.Helper()
	r.mustExit(t, 0)
	return parse[registration](t, r, "RegistrationList")
}

// provide makes a namespace with the Service shop-order and these pods.
func provide(t *testing.T, pods ...fixture.Pod) fixture.Namespace {
	t.Helper()
	namespace := newNamespace(t)
	must(t, namespace.Service(t.Context(), "shop-order", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), pods...))
	return namespace
}

// in runs podreg for a namespace as its administrator.
func in(t *testing.T, namespace fixture.Namespace, args ...string) result {
	t.Helper()
	return asAdmin(t, append(args, "-n", namespace.Name)...)
}

// change runs a command that writes to the pod shop-order-1, and checks what it says about it.
func change(t *testing.T, namespace fixture.Namespace, command string, args ...string) registration {
	t.Helper()
	said := in(t, namespace, append([]string{command, "shop-order-1", "-o", "json"}, args...)...).registrations(t)
	if len(said.Items) != 1 {
		t.Fatalf("%d items, wanted 1: %+v", len(said.Items), said.Items)
	}
	item := said.Items[0]
	if item.Pod != "shop-order-1" || item.Namespace != namespace.Name {
		t.Errorf("pod %q, namespace %q", item.Pod, item.Namespace)
	}
	return item
}

func mustSay(t *testing.T, r registration, action string) {
	t.Helper()
	if r.Action != action {
		t.Errorf("%s, wanted %s: %+v", r.Action, action, r)
	}
}

func podOf(t *testing.T, namespace fixture.Namespace, name string) *corev1.Pod {
	t.Helper()
	pod, err := client.CoreV1().Pods(namespace.Name).Get(t.Context(), name, metav1.GetOptions{})
	must(t, err)
	return pod
}

// registeredOn is the metadata that the pod's annotation has; the test fails without one.
func registeredOn(t *testing.T, namespace fixture.Namespace, pod string) map[string]string {
	t.Helper()
	annotation, found := podOf(t, namespace, pod).Annotations[fixture.MetadataAnnotation]
	if !found {
		t.Fatalf("%s is not registered", pod)
	}
	return metadataIn(t, annotation)
}

func metadataIn(t *testing.T, annotation string) map[string]string {
	t.Helper()
	var metadata map[string]string
	if err := json.Unmarshal([]byte(annotation), &metadata); err != nil {
		t.Fatalf("not an object of strings: %v: %.200s", err, annotation)
	}
	return metadata
}

func mustHave(t *testing.T, metadata map[string]string, key, value string) {
	t.Helper()
	if found, ok := metadata[key]; !ok || found != value {
		t.Errorf("%s is %q, wanted %q, in %v", key, found, value, metadata)
	}
}

func mustNotHave(t *testing.T, metadata map[string]string, key string) {
	t.Helper()
	if found, ok := metadata[key]; ok {
		t.Errorf("%s is %q, and should be absent, in %v", key, found, metadata)
	}
}

// mustNotBeRegistered checks that the pod has no annotation, not even an empty one.
func mustNotBeRegistered(t *testing.T, namespace fixture.Namespace, pod string) {
	t.Helper()
	if annotation, found := podOf(t, namespace, pod).Annotations[fixture.MetadataAnnotation]; found {
		t.Errorf("%s is registered: %s", pod, annotation)
	}
}

// mustKeep checks that the pod shop-order-1 is exactly the same after the call as before it.
func mustKeep(t *testing.T, namespace fixture.Namespace, call func()) {
	t.Helper()
	before := podOf(t, namespace, "shop-order-1")
	call()
	mustBeEqual(t, podOf(t, namespace, "shop-order-1"), before)
}

func mustBeEqual(t *testing.T, found, wanted any) {
	t.Helper()
	if f, w := asJSON(t, found), asJSON(t, wanted); f != w {
		t.Errorf("found  %s\nwanted %s", f, w)
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	must(t, err)
	return string(text)
}

// inFile is what an option takes that reads the text from a file.
func inFile(t *testing.T, text string) string {
	t.Helper()
	path := t.TempDir() + "/file.json"
	must(t, os.WriteFile(path, []byte(text), 0o600))
	return "@" + path
}
