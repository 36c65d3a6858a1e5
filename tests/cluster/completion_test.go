package cluster

import (
	"os"
	"path/filepath"
	"testing"
)

func completionOf(t *testing.T, words ...string) string {
	t.Helper()
	env := []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig(), "PODREG_COMPLETION_TIMEOUT=10s"}
	completed := run(t, env, append([]string{podregBinary(), "__complete"}, words...)...)
	completed.mustExit(t, 0)
	return completed.stdout
}

func TestCompletionKnowsWhatTheServerHas(t *testing.T) {
	namespace := shop(t)
	mustContain(t, completionOf(t, "instances", "-n", namespace.Name, "shop-s"), "shop-stock\tClusterIP\n", ":4\n")
	mustContain(t, completionOf(t, "register", "-n", namespace.Name, "shop-stock"), "shop-stock-0\tRunning\n")
	mustContain(t, completionOf(t, "metadata", "-n", namespace.Name, "pod/shop-stock-1"), "pod/shop-stock-1\tRunning\n")
	mustContain(t, completionOf(t, "services", "-n", namespace.Name[:3]), namespace.Name+"\tActive\n")
}

func TestCompletionSaysNothingToWhoMayNotAsk(t *testing.T) {
	namespace := newNamespace(t)
	token := tokenOf(t, namespace, "nobody")
	mustBe(t, []string{completionOf(t, "instances", "--token", token, "-n", namespace.Name, "")}, []string{":4\n"})
}

// kubectl asks the script that stands in the PATH beside the plugin.
func TestKubectlCompletesThePlugin(t *testing.T) {
	bin := t.TempDir()
	script, err := filepath.Abs("../../completions/kubectl_complete-podreg")
	must(t, err)
	must(t, os.Symlink(podregBinary(), filepath.Join(bin, "podreg")))
	must(t, os.Symlink(podregBinary(), filepath.Join(bin, "kubectl-podreg")))
	must(t, os.Symlink(script, filepath.Join(bin, "kubectl_complete-podreg")))
	env := []string{"PATH=" + bin + ":" + os.Getenv("PATH"), "PODREG_COMPLETION_TIMEOUT=10s"}

	completed := kubectl(t, env, "__complete", "podreg", "config", "")
	completed.mustExit(t, 0)
	mustContain(t, completed.stdout, "check\t", "view\t", ":4\n")
	version := kubectl(t, env, "podreg", "version")
	version.mustExit(t, 0)
	mustContain(t, version.stdout, "podreg ")
}
