package cluster

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/tools/clientcmd/api"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

const pluginVersion = "client.authentication.k8s.io/v1"

// plugin is a kubeconfig whose user signs in with a plugin that runs these lines of shell. Each run
// adds a byte to the second file.
func plugin(t *testing.T, namespace fixture.Namespace, lines string) (kubeconfig, runs string) {
	t.Helper()
	dir := t.TempDir()
	runs = dir + "/runs"
	script := "#!/bin/sh\nprintf . >> " + runs + "\n" + lines + "\n"
	must(t, os.WriteFile(dir+"/plugin", []byte(script), 0o755))
	return kubeconfigOf(t, namespace, state.Identity{}, func(config *api.Config) {
		for _, user := range config.AuthInfos {
			user.Exec = &api.ExecConfig{APIVersion: pluginVersion, Command: dir + "/plugin", InteractiveMode: api.NeverExecInteractiveMode}
		}
	}), runs
}

// answering is shell that prints what a plugin answers.
func answering(t *testing.T, status map[string]string) string {
	t.Helper()
	answer, err := json.Marshal(map[string]any{"apiVersion": pluginVersion, "kind": "ExecCredential", "status": status})
	must(t, err)
	file := t.TempDir() + "/answer"
	must(t, os.WriteFile(file, answer, 0o600))
	return "cat " + file
}

func mustHaveRun(t *testing.T, runs string, times int) {
	t.Helper()
	seen, err := os.ReadFile(runs)
	must(t, err)
	if len(seen) != times {
		t.Errorf("the plugin ran %d times, not %d", len(seen), times)
	}
}

// operatorToken is one of a ServiceAccount that may read.
func operatorToken(t *testing.T, namespace fixture.Namespace) string {
	t.Helper()
	_, err := namespace.ServiceAccount(t.Context(), "operator", fixture.Reading...)
	must(t, err)
	token, err := namespace.Token(t.Context(), "operator", time.Hour)
	must(t, err)
	return token
}

func TestAPluginSignsInWithAToken(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	kubeconfig, runs := plugin(t, namespace, answering(t, map[string]string{"token": operatorToken(t, namespace)}))

	mustSeeOrder(t, kubeconfig)
	mustHaveRun(t, runs, 1)
}

func TestAPluginSignsInWithACertificate(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	must(t, namespace.AllowUser(t.Context(), "alice", fixture.Reading...))
	pair := certificateOf(t, "alice").Pair
	kubeconfig, _ := plugin(t, namespace, answering(t, map[string]string{
		"clientCertificateData": string(pair.Certificate), "clientKeyData": string(pair.Key),
	}))

	mustSeeOrder(t, kubeconfig)
}

// The first answer is a token that has expired, as when one is revoked: the second one is good.
func TestAPluginIsAskedAgainOnceWhenTheServerRefuses(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	account, err := namespace.ServiceAccount(t.Context(), "operator", fixture.Reading...)
	must(t, err)
	token := func(end time.Time) string {
		token, err := namespace.TokenValidUntil(shared.Dir, account, end)
		must(t, err)
		return answering(t, map[string]string{"token": token})
	}
	old, good := token(time.Now().Add(-time.Hour)), token(time.Now().Add(time.Hour))
	first := t.TempDir() + "/first"
	kubeconfig, runs := plugin(t, namespace, "if mkdir "+first+" 2>/dev/null; then "+old+"; else "+good+"; fi")

	mustSeeOrder(t, kubeconfig)
	mustHaveRun(t, runs, 2)
}

func TestAPluginWhoseCredentialsStayRefusedIsNotAskedForEver(t *testing.T) {
	namespace := newNamespace(t)
	kubeconfig, runs := plugin(t, namespace, answering(t, map[string]string{
		"token": "an-invented-secret", "expirationTimestamp": time.Now().Add(-time.Hour).UTC().Format(time.RFC3339),
	}))

	ran := podreg(t, kubeconfig, "instances", "shop-order")

	ran.mustExit(t, 4)
	mustNotContain(t, ran.stdout+ran.stderr, "an-invented-secret")
	seen, err := os.ReadFile(runs)
	must(t, err)
	if len(seen) < 2 || len(seen) > 20 {
		t.Errorf("the plugin ran %d times", len(seen))
	}
}

func TestAPluginThatDoesNotWorkIsNamed(t *testing.T) {
	for name, broken := range map[string]struct {
		lines  string
		args   []string
		status int
		words  []string
	}{
		"hangs":                    {"sleep 1000", []string{"--request-timeout=500ms"}, 5, []string{"did not answer within 0.5 s"}},
		"crashes":                  {"kill -KILL $$", nil, 4, []string{"was ended by signal 9"}},
		"fails and says why":       {"printf 'log in: \\033[31mfirst\\n' >&2; exit 3", nil, 4, []string{"failed with exit status 3", "plugin: log in: \\u001b[31mfirst"}},
		"prints rubbish":           {"echo an-invented-secret", nil, 7, []string{"no ExecCredential in JSON"}},
		"prints a hundred million": {"head -c 100000000 /dev/zero", nil, 7, []string{"printed more than 1 MiB"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			kubeconfig, _ := plugin(t, newNamespace(t), broken.lines)

			ran := podreg(t, kubeconfig, append([]string{"instances", "shop-order"}, broken.args...)...)

			ran.mustExit(t, broken.status, append(broken.words, "the credential plugin")...)
			mustNotContain(t, ran.stdout+ran.stderr, "an-invented-secret")
		})
	}
}

// mayImpersonate lets the user act as another one.
func mayImpersonate(t *testing.T, user, other string) {
	t.Helper()
	name := "impersonate-" + other
	_, err := client.RbacV1().ClusterRoles().Create(t.Context(), &rbacv1.ClusterRole{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Rules: []rbacv1.PolicyRule{{
			APIGroups: []string{""}, Resources: []string{"users", "groups"}, Verbs: []string{"impersonate"},
		}},
	}, metav1.CreateOptions{})
	must(t, err)
	_, err = client.RbacV1().ClusterRoleBindings().Create(t.Context(), &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: name},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: "User", Name: user}},
	}, metav1.CreateOptions{})
	must(t, err)
}

func TestWhoMayImpersonateSeesWhatTheOtherSees(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, healthyOrder(1))
	reader, group := "reader-of-"+namespace.Name, "readers-of-"+namespace.Name
	must(t, namespace.AllowUser(t.Context(), reader, fixture.Reading...))
	must(t, namespace.AllowGroup(t.Context(), group, fixture.Reading...))
	mayImpersonate(t, "deputy", reader)
	deputy := kubeconfigOf(t, namespace, certificateOf(t, "deputy"))
	as := func(args ...string) result {
		return podreg(t, deputy, append([]string{"instances", "shop-order", "-o", "json"}, args...)...)
	}

	// RBAC takes a moment to know of a binding.
	deadline := time.Now().Add(30 * time.Second)
	for as("--as", reader).status != 0 && time.Now().Before(deadline) {
		time.Sleep(50 * time.Millisecond)
	}
	mustBe(t, endpoints(as("--as", reader).instances(t)), []string{"shop-order-1 10.244.0.1:20880"})
	mustBe(t, endpoints(as("--as", "nobody", "--as-group", group).instances(t)), []string{"shop-order-1 10.244.0.1:20880"})
	as("--as", "nobody").mustExit(t, 4, "nobody")
	mustSeeOrder(t, kubeconfigOf(t, namespace, certificateOf(t, "deputy"), func(config *api.Config) {
		for _, user := range config.AuthInfos {
			user.Impersonate = reader
		}
	}))
}

func TestWhoMayNotImpersonateIsToldSo(t *testing.T) {
	namespace := newNamespace(t)
	kubeconfig := kubeconfigOf(t, namespace, certificateOf(t, "meddler"))

	ran := podreg(t, kubeconfig, "instances", "shop-order", "--as", "admin")

	ran.mustExit(t, 4, "impersonate", "meddler")
	if !strings.Contains(ran.stderr, "admin") {
		t.Errorf("who was to be impersonated is not named: %s", ran.stderr)
	}
}
