package cluster

import (
	"strings"
	"testing"

	"k8s.io/client-go/tools/clientcmd/api"

	"podreg/tests/cluster/state"
)

// tokenKubeconfig is the administrator's, with changes to the cluster's entry.
func tokenKubeconfig(t *testing.T, change func(*api.Cluster)) string {
	t.Helper()
	token, err := shared.Dir.AdminToken()
	must(t, err)
	return kubeconfigOf(t, newNamespace(t), state.Identity{Token: token}, func(config *api.Config) {
		for _, cluster := range config.Clusters {
			change(cluster)
		}
	})
}

func TestAServerOfAnotherAuthorityIsNotTrusted(t *testing.T) {
	other, err := state.NewAuthority("other")
	must(t, err)
	kubeconfig := tokenKubeconfig(t, func(cluster *api.Cluster) { cluster.CertificateAuthorityData = other.PEM() })

	podreg(t, kubeconfig, "services").mustExit(t, 5, "certificate")
}

func TestAServerWithoutAConfiguredAuthorityIsNotTrusted(t *testing.T) {
	kubeconfig := tokenKubeconfig(t, func(cluster *api.Cluster) { cluster.CertificateAuthorityData = nil })

	podreg(t, kubeconfig, "services").mustExit(t, 5, "certificate")
}

func TestAServerWithACertificateForAnotherNameIsNotTrusted(t *testing.T) {
	kubeconfig := tokenKubeconfig(t, func(cluster *api.Cluster) {
		cluster.Server = strings.Replace(cluster.Server, "127.0.0.1", "localhost", 1)
	})

	podreg(t, kubeconfig, "services").mustExit(t, 5, "localhost")
}
