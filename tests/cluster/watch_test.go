package cluster

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"

	"podreg/tests/cluster/fixture"
)

func watchOrder(t *testing.T, namespace fixture.Namespace) *watching {
	t.Helper()
	return watch(t, shared.Dir.AdminKubeconfig(), namespace, "shop-order")
}

func TestAWatchTellsWhatThereIsAndThenEveryChange(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1), healthyOrder(2))

	w := watchOrder(t, namespace)
	mustBe(t, w.types(0), []string{"ADDED shop-order-1", "ADDED shop-order-2", "SYNCED"})

	must(t, namespace.Pods(t.Context(), healthyOrder(3)))
	w.untilPods(t, "shop-order-1", "shop-order-2", "shop-order-3")
	must(t, namespace.Delete(t.Context(), "shop-order-1"))
	w.untilPods(t, "shop-order-2", "shop-order-3")
	must(t, namespace.Annotate(t.Context(), "shop-order-2", fixture.MetadataAnnotation,
		fixture.Metadata{Revision: "another", Ports: []fixture.Port{fixture.Dubbo}, Time: registeredAt}.String()))
	w.until(t, "MODIFIED", func() bool { return w.modified() != nil })

	last := w.modified()
	if len(last.Changes) != 1 || last.Changes[0].Key != "dubbo.metadata.revision" || *last.Changes[0].After != "another" {
		t.Errorf("what has changed: %+v", last.Changes)
	}
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
}

func TestAWatchTellsWarningsAsTheyAppearAndClear(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	w := watchOrder(t, namespace)

	must(t, namespace.Pods(t.Context(), orderPod(2).NotYetReady()))
	w.until(t, "warning", func() bool { return len(w.warnings) == 1 })
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
	must(t, namespace.BecomeReady(t.Context(), "shop-order-2"))
	w.until(t, "other warning", func() bool {
		for warning := range w.warnings {
			return len(w.warnings) == 1 && strings.Contains(warning, "PodWithoutMetadata")
		}
		return false
	})
	in(t, namespace, "register", "shop-order-2", "--endpoint", "dubbo:20880").mustExit(t, 0)
	w.untilPods(t, "shop-order-1", "shop-order-2")
	w.until(t, "clear", func() bool { return len(w.warnings) == 0 })
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
}

func TestAWatchFollowsTheSelector(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	other := healthyOrder(2)
	other.App = "shop-other"
	must(t, namespace.Pods(t.Context(), other))
	w := watchOrder(t, namespace)
	w.untilPods(t, "shop-order-1")

	selectApp := func(app string) {
		patch := fmt.Sprintf(`{"spec":{"selector":{"app":%q}}}`, app)
		_, err := client.CoreV1().Services(namespace.Name).Patch(t.Context(), "shop-order", types.MergePatchType, []byte(patch), metav1.PatchOptions{})
		must(t, err)
	}
	selectApp("shop-other")
	w.untilPods(t, "shop-order-2")
	w.mustAgree(t, shared.Dir.AdminKubeconfig())

	must(t, namespace.Annotate(t.Context(), "shop-order-2", fixture.MetadataAnnotation, `{"dubbo.metadata.revision":"later"}`))
	w.until(t, "MODIFIED", func() bool { return w.modified() != nil })
	selectApp("shop-order")
	w.untilPods(t, "shop-order-1")
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
}

func TestAWatchFollowsScalingUpAndDown(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	w := watchOrder(t, namespace)
	var names []string
	for number := range 25 {
		must(t, namespace.Pods(t.Context(), healthyOrder(1+number)))
		names = append(names, orderPod(1+number).Name)
	}
	w.untilPods(t, names...)
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
	for _, name := range names[2:] {
		must(t, namespace.Delete(t.Context(), name))
	}
	w.untilPods(t, names[:2]...)
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
}

// As a Deployment does it: a pod of the new revision, and when it is ready one of the old goes.
func TestAWatchFollowsARollingChangeOfTheRevision(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	const pods = 5
	var names []string
	var old []fixture.Pod
	for number := 1; number <= pods; number++ {
		old = append(old, healthyOrder(number))
	}
	serveOrder(t, namespace, old...)
	w := watchOrder(t, namespace)
	before := len(w.types(0))

	later := fixture.Metadata{Revision: "later", Ports: []fixture.Port{fixture.Dubbo}, Time: registeredAt}
	for number := 1; number <= pods; number++ {
		pod := orderPod(pods + number).Registered(later)
		names = append(names, pod.Name)
		must(t, namespace.Pods(t.Context(), pod.NotYetReady()))
		must(t, namespace.BecomeReady(t.Context(), pod.Name))
		must(t, namespace.Delete(t.Context(), orderPod(number).Name))
	}
	w.untilPods(t, names...)
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
	for _, said := range w.types(before) {
		if strings.HasPrefix(said, "MODIFIED") {
			t.Errorf("no pod has changed: %s", said)
		}
	}
}

func TestAWatchOfAllNamespacesSeesServicesOfThatNameEverywhere(t *testing.T) {
	t.Parallel()
	var everywhere [2]fixture.Namespace
	for i := range everywhere {
		everywhere[i] = newNamespace(t)
		must(t, everywhere[i].ServiceOf(t.Context(), "shop-everywhere", "shop-order", fixture.Dubbo))
	}
	must(t, everywhere[0].Pods(t.Context(), healthyOrder(1)))
	waiting := start(t, "", []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()}, os.Getenv("PODREG"),
		"watch", "shop-everywhere", "-A", "--until", "instances=2", "-o", "jsonl")
	must(t, everywhere[1].Pods(t.Context(), healthyOrder(2)))
	ran := waiting.wait(t)
	ran.mustExit(t, 0)
	for i, namespace := range everywhere {
		mustContain(t, ran.stdout, fmt.Sprintf(`"namespace":%q,"host":"10.244.0.%d"`, namespace.Name, i+1))
	}
}

func TestAWatchOutlivesItsService(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	w := watchOrder(t, namespace)

	must(t, client.CoreV1().Services(namespace.Name).Delete(t.Context(), "shop-order", metav1.DeleteOptions{}))
	w.untilPods(t)
	must(t, namespace.Service(t.Context(), "shop-order", fixture.Dubbo))
	w.untilPods(t, "shop-order-1")
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
}

func TestAWatchOutlivesHandMadeEndpoints(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	must(t, namespace.ServiceWithoutSelector(t.Context(), "shop-order", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), healthyOrder(1)))
	subset := fixture.Subset([]fixture.Port{fixture.Dubbo}, fixture.Address("10.244.0.1", "shop-order-1"))
	must(t, namespace.Endpoints(t.Context(), "shop-order", subset))
	w := watchOrder(t, namespace)
	w.untilPods(t, "shop-order-1")

	must(t, client.CoreV1().Endpoints(namespace.Name).Delete(t.Context(), "shop-order", metav1.DeleteOptions{}))
	w.untilPods(t)
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
	must(t, namespace.Endpoints(t.Context(), "shop-order", subset))
	w.untilPods(t, "shop-order-1")
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
}

func TestAWatchReadsEndpointSlicesWhenAsked(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	w := watch(t, shared.Dir.AdminKubeconfig(), namespace, "shop-order", "--endpoint-source=endpointslices")
	w.untilPods(t, "shop-order-1")
	must(t, namespace.Pods(t.Context(), healthyOrder(2)))
	w.untilPods(t, "shop-order-1", "shop-order-2")
	must(t, namespace.Delete(t.Context(), "shop-order-1"))
	w.untilPods(t, "shop-order-2")
}

// Changes as they come, one after the other as fast as the server takes them, and a look at every quiet
// moment.
func TestAWatchAgreesWithInstancesAfterRandomChanges(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	seed := time.Now().UnixNano()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewSource(seed))
	w := watchOrder(t, namespace)
	for range 3 {
		for round := time.Now(); time.Since(round) < 3*time.Second; {
			changeSomething(t, namespace, random)
		}
		w.mustAgree(t, shared.Dir.AdminKubeconfig())
	}
}

func changeSomething(t *testing.T, namespace fixture.Namespace, random *rand.Rand) {
	t.Helper()
	number := 1 + random.Intn(20)
	name := orderPod(number).Name
	switch random.Intn(5) {
	case 0, 1:
		must(t, namespace.Pods(t.Context(), healthyOrder(number)))
	case 2:
		_ = namespace.Delete(t.Context(), name)
	case 3:
		_ = namespace.Annotate(t.Context(), name, fixture.MetadataAnnotation,
			[]string{"", "{", fmt.Sprintf(`{"dubbo.metadata.revision":"%d"}`, random.Intn(3))}[random.Intn(3)])
	case 4:
		_ = namespace.Change(t.Context(), name, func(p *corev1.Pod) {
			p.Labels["app"] = []string{"shop-order", "shop-other"}[random.Intn(2)]
		})
	}
}

// Like `podreg watch … | head -1`: it notices that its reader is gone without anything happening.
func TestAWatchEndsWithItsReader(t *testing.T) {
	t.Parallel()
	namespace := provide(t, healthyOrder(1))
	command := watchCommand(t, time.Minute, shared.Dir.AdminKubeconfig(), namespace, "shop-order")
	stdout, err := command.StdoutPipe()
	must(t, err)
	must(t, command.Start())
	lines := bufio.NewReader(stdout)
	for range 2 { // the instance and SYNCED
		_, err = lines.ReadString('\n')
		must(t, err)
	}
	must(t, stdout.Close())
	must(t, command.Wait())
}

func TestWhoMayNotWatchIsToldSo(t *testing.T) {
	t.Parallel()
	namespace := provide(t, healthyOrder(1))
	onlyReading := []rbacv1.PolicyRule{{APIGroups: []string{""}, Resources: []string{"services", "endpoints", "pods"}, Verbs: []string{"get", "list"}}}
	kubeconfig := operatorOf(t, namespace, onlyReading...)

	for _, args := range [][]string{{"watch", "shop-order"}, {"wait", "shop-order", "--for", "ready"}} {
		podreg(t, kubeconfig, args...).mustExit(t, 4, "watch", namespace.Name)
	}
}

func TestToWatchIsAllThatAWatchNeeds(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	kubeconfig := operatorOf(t, namespace, rbacv1.PolicyRule{
		APIGroups: []string{""}, Resources: []string{"services", "endpoints", "pods"}, Verbs: []string{"list", "watch"},
	})

	podreg(t, kubeconfig, "wait", "shop-order", "--for", "ready").mustExit(t, 0)
}

func TestAWatchOfAServiceThatDoesNotExistEnds(t *testing.T) {
	t.Parallel()
	namespace := provide(t, healthyOrder(1))
	in(t, namespace, "watch", "shop-ordr", "-o", "jsonl").mustExit(t, 3, "shop-ordr", namespace.Name)
}

func TestAWatchEndsWhenItsConditionHolds(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	waiting := start(t, "", []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()}, os.Getenv("PODREG"),
		"watch", "shop-order", "-n", namespace.Name, "--until", "instances=2", "-o", "jsonl")
	must(t, namespace.Pods(t.Context(), healthyOrder(2)))
	ran := waiting.wait(t)
	ran.mustExit(t, 0)
	mustContain(t, ran.stdout, "shop-order-2")
}

func TestAWatchRunsACommandForEachEvent(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	ran := in(t, namespace, "watch", "shop-order", "--exec", "cat", "--until", "instances=1")
	ran.mustExit(t, 0)
	lines := strings.Split(strings.TrimSpace(ran.stdout), "\n")
	if len(lines) != 2 || !strings.Contains(lines[0], `"ADDED"`) || !strings.Contains(lines[1], `"SYNCED"`) {
		t.Errorf("it printed %q", lines)
	}
	if !json.Valid([]byte(lines[0])) {
		t.Errorf("not JSON: %s", lines[0])
	}
}

func TestAWatchEndsWithTheSignal(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		w := watchOrder(t, namespace)
		must(t, w.command.Process.Signal(signal))
		err, _ := w.command.Wait().(*exec.ExitError)
		if err == nil || err.Sys().(syscall.WaitStatus).Signal() != signal {
			t.Errorf("after %v: %v", signal, err)
		}
	}
}
