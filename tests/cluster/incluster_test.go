package cluster

import (
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// inPod is a shell script that puts the files of a pod's ServiceAccount, a directory, where a pod has them
// and runs a command. It runs in a mount namespace of its own, so that nothing of it stays.
const inPod = `
set -e
mount -t tmpfs -o mode=755 tmpfs /var/run
mkdir -p /var/run/secrets/kubernetes.io/serviceaccount
mount --bind "$1" /var/run/secrets/kubernetes.io/serviceaccount
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

// serviceAccount is what a pod is given to reach the API server.
type serviceAccount struct {
	server string // HOST:PORT
	files  string // a directory with token, ca.crt and namespace
}

func newServiceAccount(t *testing.T, server string, ca []byte, token, namespace string) serviceAccount {
	t.Helper()
	account := serviceAccount{strings.TrimPrefix(server, "https://"), t.TempDir()}
	writeFile(t, account.files+"/ca.crt", string(ca))
	writeFile(t, account.files+"/namespace", namespace)
	account.rotate(t, token)
	return account
}

// rotate replaces the token, as a kubelet does.
func (s serviceAccount) rotate(t *testing.T, token string) {
	t.Helper()
	writeFile(t, s.files+"/token", plant(t, token))
}

// run runs a command as if in a pod of the ServiceAccount.
func (s serviceAccount) run(t *testing.T, env []string, argv ...string) result {
	t.Helper()
	host, port, err := net.SplitHostPort(s.server)
	must(t, err)
	env = append([]string{"KUBERNETES_SERVICE_HOST=" + host, "KUBERNETES_SERVICE_PORT=" + port}, env...)
	return run(t, env, slices.Concat(needMountNamespace(t), []string{"sh", "-c", inPod, "sh", s.files}, argv)...)
}

// podregInPod runs podreg with the files and variables that a pod of the ServiceAccount "operator" has,
// and with that pod's name, which is its hostname.
func podregInPod(t *testing.T, namespace fixture.Namespace, pod string, args ...string) result {
	t.Helper()
	token, err := namespace.Token(t.Context(), "operator", time.Hour)
	must(t, err)
	there := controlPlane(t, identities{})
	account := newServiceAccount(t, there.server, there.ca, token, namespace.Name)
	return account.run(t, []string{"HOSTNAME=" + pod}, append([]string{podregBinary()}, args...)...)
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

// In a pod, kubectl and podreg ask the same server in the same name.
func TestInAPodAServerIsAskedAsKubectlWouldAskIt(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	for _, c := range []kubeconfigCase{
		{name: "nothing else", env: []string{}},
		{name: "the name of another namespace", env: []string{"POD_NAMESPACE=shop"}},
		{name: "a kubeconfig", files: text(complete)},
		{name: "a kubeconfig that is empty", files: text("")},
		{name: "a kubeconfig without a current-context", files: text(contextHere + clusterHere + userHere)},
		{name: "a kubeconfig that is broken", files: text("clusters: [")},
		{name: "a kubeconfig that is not there"},
		{name: "a kubeconfig of a flag that is not there", env: []string{}, args: []string{"--kubeconfig", "gone"}},
		{name: "a context that is not there", env: []string{}, args: []string{"--context", "gone"}},
		{name: "a namespace", env: []string{}, args: []string{"-n", "shop"}},
		{name: "another token", env: []string{}, args: []string{"--token", "$OTHER_TOKEN"}},
		{name: "another server", env: []string{}, args: []string{"--server", "$SERVER"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := newObserver(t)
			at := c.in(t, world{server.URL, "example.com", server.CA, who})
			account := newServiceAccount(t, server.URL, server.CA, who.token, "pods-own")

			byKubectl := at.runIn(t, account, kubectlBinary(), "auth", "can-i", "--list")
			wanted := server.noted()
			byPodreg := at.runIn(t, account, podregBinary(), "services", "-vvv")

			if got := server.noted(); got != wanted {
				t.Errorf("kubectl asked:\n%s\nand said: %s\npodreg asked:\n%s\nand said: %s",
					wanted, byKubectl.stderr, got, byPodreg.stderr)
			}
		})
	}
}

// kubectl then takes the pod for no pod, and asks localhost:8080.
func TestInAPodTheServiceAccountMayBeToldToActAsAnotherUser(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	there := controlPlane(t, who)
	account := newServiceAccount(t, there.server, there.ca, who.token, "default")

	ran := account.run(t, nil, podregBinary(), "config", "check", "-o", "json", "--as", "bob")

	if user := ran.whoamiOfPodreg(t); user != "bob" {
		t.Errorf("it is %q: %s", user, ran.stderr)
	}
}
