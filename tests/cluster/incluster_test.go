package cluster

import (
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// inPod is a shell script that makes the files of a pod's ServiceAccount from a directory and runs a
// command there. It runs in a mount namespace of its own, so that nothing of it stays.
const inPod = `
set -e
mount -t tmpfs -o mode=755 tmpfs /var/run
mkdir -p /var/run/secrets/kubernetes.io/serviceaccount
cp "$1"/* /var/run/secrets/kubernetes.io/serviceaccount
shift
exec "$@"`

// needMountNamespace returns the command that makes one, or skips the test.
func needMountNamespace(t *testing.T) []string {
	t.Helper()
	command := []string{"unshare", "--mount"}
	if os.Geteuid() != 0 {
		command = []string{"unshare", "--map-root-user", "--mount"}
	}
	try := exec.Command(command[0], append(command[1:], "mount", "-t", "tmpfs", "tmpfs", "/var/run")...)
	if said, err := try.CombinedOutput(); err != nil {
		t.Skipf("a mount namespace is needed for /var/run/secrets, and not permitted here: %v: %s", err, said)
	}
	return command
}

// podregInPod runs podreg with the files and variables that a pod of the ServiceAccount "operator" has,
// and with that pod's name, which is its hostname.
func podregInPod(t *testing.T, namespace fixture.Namespace, pod string, args ...string) result {
	t.Helper()
	unshare := needMountNamespace(t)
	token, err := namespace.Token(t.Context(), "operator", time.Hour)
	must(t, err)
	ca, err := shared.Dir.ServerCA()
	must(t, err)
	ports, err := shared.Dir.Ports()
	must(t, err)
	files := t.TempDir()
	for name, content := range map[string]string{
		"token": token, "ca.crt": string(ca.PEM()), "namespace": namespace.Name,
	} {
		must(t, os.WriteFile(files+"/"+name, []byte(content), 0o600))
	}
	env := []string{
		"KUBERNETES_SERVICE_HOST=127.0.0.1", "KUBERNETES_SERVICE_PORT=" + strconv.Itoa(ports.APIServer), "HOSTNAME=" + pod,
	}
	command := append(unshare, "sh", "-c", inPod, "sh", files, os.Getenv("PODREG"))
	return run(t, env, append(command, args...)...)
}

func TestInAPodTheServiceAccountIsUsed(t *testing.T) {
	namespace, _ := serveTo(t, fixture.Reading...)

	found := podregInPod(t, namespace, "shop-order-1", "instances", "shop-order", "-o", "json").instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
	if len(found.Items) == 1 && found.Items[0].Namespace != namespace.Name {
		t.Errorf("not the pod's own namespace: %+v", found.Items[0])
	}
}

func TestInAPodItRegistersThatPod(t *testing.T) {
	namespace := provide(t, orderPod(1))
	_, err := namespace.ServiceAccount(t.Context(), "operator", fixture.Registering...)
	must(t, err)

	podregInPod(t, namespace, "shop-order-1", "register", "--endpoint", "dubbo:20880").mustExit(t, 0)

	mustHave(t, registeredOn(t, namespace, "shop-order-1"), "dubbo.endpoints", `[{"port":20880,"protocol":"dubbo"}]`)
}
