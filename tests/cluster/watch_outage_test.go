package cluster

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/server"
	"podreg/tests/cluster/state"
)

// What happens to a watch that lasts: the server goes and comes back, forgets, refuses the token, or has
// more to tell than anybody reads. After each, what the events say is what `instances` says.

// ownWatch is a watch of shop-order on a control plane of its own.
type ownWatch struct {
	*watching
	server     *server.Server
	namespace  fixture.Namespace
	kubeconfig string
}

func watchOwn(t *testing.T, kubeconfig func(*server.Server, fixture.Namespace) string, args ...string) ownWatch {
	t.Helper()
	own, namespace := ownShop(t)
	file := kubeconfig(own, namespace)
	w := watchFor(t, 15*time.Minute, file, namespace, append([]string{"shop-order"}, args...)...)
	w.untilPods(t, "shop-order-1")
	return ownWatch{w, own, namespace, file}
}

func administrator(own *server.Server, _ fixture.Namespace) string { return own.Dir.AdminKubeconfig() }

// mustLearn adds a pod, and waits until the watch has it and agrees with `instances` on all.
func (w ownWatch) mustLearn(t *testing.T, numbers ...int) {
	t.Helper()
	must(t, w.namespace.Pods(t.Context(), healthyOrder(numbers[len(numbers)-1])))
	w.mustHave(t, numbers...)
}

func (w ownWatch) mustHave(t *testing.T, numbers ...int) {
	t.Helper()
	var names []string
	for _, number := range numbers {
		names = append(names, orderPod(number).Name)
	}
	w.untilPods(t, names...)
	w.mustAgree(t, w.kubeconfig)
}

// mustNotHaveLost checks that no instance went since that event.
func (w ownWatch) mustNotHaveLost(t *testing.T, since int) {
	t.Helper()
	for _, said := range w.types(since) {
		if strings.HasPrefix(said, "DELETED") {
			t.Errorf("an instance went because the server did: %s", said)
		}
	}
}

// The server dies five times, or twenty with $PODREG_SOAK (`./dev soak`).
func TestAWatchOutlivesTheServer(t *testing.T) {
	t.Parallel()
	deaths := 5
	if os.Getenv("PODREG_SOAK") != "" {
		deaths = 20
	}
	w := watchOwn(t, administrator)
	pods := []int{1}
	for number := 2; number < 2+deaths; number++ {
		begin := time.Now()
		if number%5 == 0 {
			must(t, w.server.Stop())
		} else {
			must(t, w.server.Kill())
		}
		must(t, w.server.Restart())
		back := time.Now()
		pods = append(pods, number)
		w.mustLearn(t, pods...)
		t.Logf("death %d: down for %v, learned of a new pod %v later", number-1,
			back.Sub(begin).Round(time.Millisecond), time.Since(back).Round(time.Millisecond))
	}
	mustBe(t, w.types(0)[:2], []string{"ADDED shop-order-1", "SYNCED"})
	w.mustNotHaveLost(t, 2)
}

// A watch that does not hear of anything for a while, like a laptop that sleeps: etcd keeps no versions that
// old, and the server, started again meanwhile, knows nothing of them.
func TestAWatchWhoseVersionIsTooOldTellsOnlyTheDifferences(t *testing.T) {
	t.Parallel()
	w := watchOwn(t, administrator, "-vvv")
	must(t, w.namespace.Pods(t.Context(), healthyOrder(2)))
	w.mustLearn(t, 1, 2, 3)
	before := len(w.types(0))

	must(t, w.command.Process.Signal(syscall.SIGSTOP))
	must(t, w.namespace.Delete(t.Context(), "shop-order-1"))
	must(t, w.namespace.Pods(t.Context(), healthyOrder(4)))
	must(t, w.namespace.WaitForEndpoints(limited(t, time.Minute), "shop-order", 3, 0))
	compactEtcd(t, w.server.Dir)
	must(t, w.server.Stop())
	must(t, w.server.Restart())
	must(t, w.command.Process.Signal(syscall.SIGCONT))

	w.mustHave(t, 2, 3, 4)
	for _, said := range w.types(before) {
		if strings.HasSuffix(said, "shop-order-2") || strings.HasSuffix(said, "shop-order-3") {
			t.Errorf("nothing happened to it: %s", said)
		}
	}
	must(t, w.command.Process.Signal(syscall.SIGTERM))
	w.until(t, "end", func() bool { return w.ended })
	mustContain(t, w.stderr.String(), "too old resource version")
}

// compactEtcd makes etcd forget every version but the last, through the gateway that it has for JSON.
func compactEtcd(t *testing.T, dir state.Dir) {
	t.Helper()
	ports, err := dir.Ports()
	must(t, err)
	ask := func(path, body string, answer any) {
		url := fmt.Sprintf("http://127.0.0.1:%d/v3/kv/%s", ports.Etcd, path)
		response, err := http.Post(url, "application/json", bytes.NewBufferString(body))
		must(t, err)
		defer response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Fatalf("etcd: %s: %s", path, response.Status)
		}
		must(t, json.NewDecoder(response.Body).Decode(answer))
	}
	var found struct{ Header struct{ Revision string } }
	ask("range", `{"key":"AA=="}`, &found)
	ask("compaction", fmt.Sprintf(`{"revision":%q,"physical":true}`, found.Header.Revision), &struct{}{})
}

// The token has expired when the server comes back, and its file has another one by then. Nothing of the first
// stays in memory.
func TestAWatchReadsItsTokenAgain(t *testing.T) {
	t.Parallel()
	file := t.TempDir() + "/token"
	const valid, leeway = 20 * time.Second, time.Minute // an API server takes a token for a minute longer
	var expiry time.Time
	var expired string
	w := watchOwn(t, func(own *server.Server, namespace fixture.Namespace) string {
		account, err := namespace.ServiceAccount(t.Context(), "operator", rbacv1.PolicyRule{
			APIGroups: []string{""}, Resources: []string{"services", "endpoints", "pods"}, Verbs: []string{"get", "list", "watch"},
		})
		must(t, err)
		expiry = time.Now().Add(valid)
		expired, err = namespace.TokenValidUntil(own.Dir, account, expiry.Add(-leeway))
		must(t, err)
		writeFile(t, file, plant(t, expired))
		return withTokenFile(t, own, file)
	}, "-vvv")

	process := w.command.Process.Pid
	if timesInMemory(t, process, expired) == 0 {
		t.Error("the token that is sent is not found in memory, so that nothing can be said of it later")
	}
	time.Sleep(time.Until(expiry))
	must(t, w.server.Kill())
	must(t, w.server.Restart())
	token, err := w.namespace.Token(t.Context(), "operator", time.Hour)
	must(t, err)
	writeFile(t, file, plant(t, token))

	w.mustLearn(t, 1, 2)
	w.mustNotHaveLost(t, 2)
	if !strings.Contains(w.stderr.String(), ": 401,") {
		t.Errorf("the token of before was not refused:\n%s", w.stderr.String())
	}
	if found := timesInMemory(t, process, expired); found > 0 {
		t.Errorf("the token of before is still %d times in memory", found)
	}
}

// withTokenFile is a kubeconfig of the server whose user has the token in the file.
func withTokenFile(t *testing.T, own *server.Server, file string) string {
	t.Helper()
	config, err := clientcmd.LoadFromFile(own.Dir.TokenKubeconfig())
	must(t, err)
	for name := range config.AuthInfos {
		config.AuthInfos[name] = &api.AuthInfo{TokenFile: file}
	}
	path := t.TempDir() + "/kubeconfig"
	must(t, state.WriteKubeconfig(config, path))
	return path
}

func TestAWatchKeepsUpWith200ChangesASecond(t *testing.T) {
	t.Parallel()
	namespace := newNamespace(t)
	const pods, changes, perSecond = 20, 2000, 200
	var orders []fixture.Pod
	for number := 1; number <= pods; number++ {
		orders = append(orders, healthyOrder(number))
	}
	serveOrder(t, namespace, orders...)
	w := watchOrder(t, namespace)

	begin, busy := time.Now(), w.processorTime(t)
	var writers errgroup.Group
	for number := 1; number <= pods; number++ { // each its own pod, one change after the other
		writers.Go(func() error {
			for i := range changes / pods {
				time.Sleep(time.Until(begin.Add(time.Duration(i) * pods * time.Second / perSecond)))
				patch := fmt.Sprintf(`{"metadata":{"annotations":{%q:%q}}}`, fixture.MetadataAnnotation,
					fmt.Sprintf(`{"dubbo.metadata.revision":"%d-%d"}`, number, i))
				_, err := client.CoreV1().Pods(namespace.Name).Patch(t.Context(), orderPod(number).Name,
					types.MergePatchType, []byte(patch), metav1.PatchOptions{})
				if err != nil {
					return err
				}
			}
			return nil
		})
	}
	must(t, writers.Wait())
	took := time.Since(begin)
	t.Logf("%.0f changes a second, %d events, %.1f %% of a processor", changes/took.Seconds(), len(w.types(0)),
		100*(w.processorTime(t)-busy).Seconds()/took.Seconds())
	w.mustAgree(t, shared.Dir.AdminKubeconfig())
}
