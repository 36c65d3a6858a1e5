package cluster

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	authenticationv1 "k8s.io/api/authentication/v1"
	clientcmdv1 "k8s.io/client-go/tools/clientcmd/api/v1"
)

// kubectl runs the kubectl that tests/cluster/run has built of the same Kubernetes.
func kubectl(t *testing.T, env []string, args ...string) result {
	t.Helper()
	return run(t, env, append([]string{kubectlBinary()}, args...)...)
}

func kubectlBinary() string { return filepath.Join(os.Getenv("PODREG_CLUSTER_BIN"), "kubectl") }

func podregBinary() string { return os.Getenv("PODREG") }

// resolvedByKubectl is what `kubectl config view --minify --flatten --raw` shows: one of each.
type resolvedByKubectl struct {
	context clientcmdv1.Context
	cluster clientcmdv1.Cluster
	user    clientcmdv1.AuthInfo
}

func (r result) resolvedByKubectl(t *testing.T) resolvedByKubectl {
	t.Helper()
	var config clientcmdv1.Config
	must(t, json.Unmarshal([]byte(r.stdout), &config))
	var resolved resolvedByKubectl
	for _, context := range config.Contexts {
		resolved.context = context.Context
	}
	for _, cluster := range config.Clusters {
		resolved.cluster = cluster.Cluster
	}
	for _, user := range config.AuthInfos {
		resolved.user = user.AuthInfo
	}
	return resolved
}

// whoami is the user's name in the answer to `kubectl auth whoami -o json`; empty when there was none.
func (r result) whoami(t *testing.T) string {
	t.Helper()
	if r.status != 0 {
		return ""
	}
	var review authenticationv1.SelfSubjectReview
	must(t, json.Unmarshal([]byte(r.stdout), &review))
	return review.Status.UserInfo.Username
}

// whoamiOfPodreg is the same of `podreg config check -o json`, which also answers when not all is allowed.
func (r result) whoamiOfPodreg(t *testing.T) string {
	t.Helper()
	if r.stdout == "" {
		return ""
	}
	return r.accesses(t)[0].User
}
