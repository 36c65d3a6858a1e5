package cluster

import (
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"podreg/tests/cluster/fixture"
)

// snapshotOf takes one as the administrator and returns its path.
func snapshotOf(t *testing.T, name string, args ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	taken := asAdmin(t, append([]string{"snapshot", "-q", "--output-file", path}, args...)...)
	taken.mustExit(t, 0, "")
	return path
}

func textOf(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	must(t, err)
	return string(text)
}

func TestEveryCommandAnswersOfASnapshotAsOfTheCluster(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, oneOfEachKind()...)
	must(t, namespace.Service(t.Context(), "shop-empty", fixture.Dubbo))
	plain := snapshotOf(t, "shop.json", "-n", namespace.Name)
	packed := snapshotOf(t, "shop.json.gz", "-n", namespace.Name)

	for _, command := range [][]string{
		{"services", "-o", "json"},
		{"services", "-o", "wide", "--endpoint-source", "endpointslices"},
		{"instances", "shop-order", "-o", "json"},
		{"instances", "shop-order", "-o", "wide"},
		{"instances", "shop-order", "-o", "json", "--endpoint-source", "endpointslices"},
		{"instances", "shop-empty", "-o", "json"},
	} {
		live := asAdmin(t, append(command, "-n", namespace.Name)...)
		for _, file := range []string{plain, packed} {
			offline := podreg(t, "", append(command, "-n", namespace.Name, "--snapshot", file)...)
			if offline != live {
				t.Errorf("%q\nof the cluster: %+v\nof its snapshot: %+v", command, live, offline)
			}
		}
	}
}

func TestASnapshotIsReadAtOneMomentAndTakenOfItselfTheSame(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, oneOfEachKind()...)
	file := snapshotOf(t, "shop.json", "-n", namespace.Name)

	again := podreg(t, "", "snapshot", "--snapshot", file)
	again.mustExit(t, 0, "")

	text := textOf(t, file)
	if again.stdout != text {
		t.Errorf("the snapshot of the snapshot is another one:\n%s\n%s", text, again.stdout)
	}
	var list struct {
		Metadata struct{ ResourceVersion string }
		Items    []struct{ Kind string }
	}
	must(t, json.Unmarshal([]byte(text), &list))
	if list.Metadata.ResourceVersion == "" {
		t.Error("the lists were not read at the same version")
	}
	if len(list.Items) == 0 {
		t.Error("there is nothing in it")
	}
}

func TestKubectlReadsASnapshot(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	file := snapshotOf(t, "shop.json", "-n", namespace.Name)

	seen := run(t, []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()},
		kubectlBinary(), "get", "-f", file, "-o", "name")

	seen.mustExit(t, 0, "")
	mustContain(t, seen.stdout, "service/shop-order", "pod/shop-order-1", "endpoints/shop-order")
}

// A snapshot is sent to others: what is not of the registry stays where it is.
func TestASnapshotHasNothingThatOthersKeepInAPod(t *testing.T) {
	namespace := newNamespace(t)
	secret := plant(t, "p4ssw0rd-of-the-database")
	pod := healthyOrder(1).Object()
	pod.Spec.Containers[0].Env = []corev1.EnvVar{{Name: "DB_PASSWORD", Value: secret}}
	pod.Spec.Containers[0].Args = []string{"--db.password=" + secret}
	pod.Annotations["example.com/token"] = secret
	pod.Annotations["kubectl.kubernetes.io/last-applied-configuration"] = `{"spec":{"password":"` + secret + `"}}`
	_, err := namespace.Client.CoreV1().Pods(namespace.Name).Create(t.Context(), pod, metav1.CreateOptions{})
	must(t, err)

	taken := asAdmin(t, "snapshot", "-q", "-n", namespace.Name)
	taken.mustExit(t, 0)
	if !strings.Contains(taken.stdout, pod.Name) || strings.Contains(taken.stdout, secret) {
		t.Errorf("the pod without its secrets was to be there:\n%s", taken.stdout)
	}
}

func TestASnapshotByTheEndingOfItsNameIsCompressed(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	file, err := os.Open(snapshotOf(t, "shop.json.gz", "-n", namespace.Name))
	must(t, err)
	defer file.Close()

	packed, err := gzip.NewReader(file)
	must(t, err)
	text, err := io.ReadAll(packed)
	must(t, err)
	mustContain(t, string(text), `"kind":"Pod"`, "shop-order-1")
}

func TestWhoMayNotListPodsGetsNoSnapshot(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	reader := operatorOf(t, namespace, rbacv1.PolicyRule{
		APIGroups: []string{""}, Resources: []string{"services", "endpoints"}, Verbs: []string{"list"}})

	refused := podreg(t, reader, "snapshot", "-n", namespace.Name)

	refused.mustExit(t, 4, "list pods")
	if refused.stdout != "" {
		t.Errorf("printed %q", refused.stdout)
	}
}

func TestARoleForDubboIsEnoughForASnapshotWithoutSlices(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	reader := operatorOf(t, namespace, rbacv1.PolicyRule{
		APIGroups: []string{""}, Resources: []string{"services", "endpoints", "pods"}, Verbs: []string{"list"}})

	taken := podreg(t, reader, "snapshot", "-n", namespace.Name)

	taken.mustExit(t, 0, "")
	mustContain(t, taken.stderr, "the snapshot has no EndpointSlices")
	mustContain(t, taken.stdout, "shop-order-1")
	if strings.Contains(taken.stdout, "EndpointSlice") {
		t.Error("there are slices")
	}
}

func TestARedactedSnapshotHasNoNameOfTheCluster(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, oneOfEachKind()...)
	file := snapshotOf(t, "shop.json", "-n", namespace.Name, "--redact")

	text := textOf(t, file)
	for _, name := range []string{namespace.Name, "shop-order", "10.244."} {
		if strings.Contains(text, name) {
			t.Errorf("%q is in it", name)
		}
	}
	live := asAdmin(t, "services", "-n", namespace.Name, "-o", "json").services(t)
	offline := podreg(t, "", "services", "--snapshot", file, "-o", "json").services(t)
	if len(offline.Items) != len(live.Items) || offline.Items[0].Instances != live.Items[0].Instances {
		t.Errorf("of the cluster: %+v\nredacted: %+v", live, offline)
	}
}
