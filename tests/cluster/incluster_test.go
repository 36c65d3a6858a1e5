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

func TestInAPodTheServiceAccountIsUsed(t *testing.T) {
	unshare := needMountNamespace(t)
	namespace, _ := serveTo(t, fixture.Reading...)
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

	env := []string{"KUBERNETES_SERVICE_HOST=127.0.0.1", "KUBERNETES_SERVICE_PORT=" + strconv.Itoa(ports.APIServer)}
	command := append(unshare, "sh", "-c", inPod, "sh", files, os.Getenv("PODREG"), "instances", "shop-order", "-o", "json")
	found := run(t, env, command...).instances(t)

	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
	if len(found.Items) == 1 && found.Items[0].Namespace != namespace.Name {
		t.Errorf("not the pod's own namespace: %+v", found.Items[0])
	}
}
