package cluster

import (
	"strings"
	"testing"

	"k8s.io/client-go/tools/clientcmd/api"

	"podreg/tests/cluster/state"
)

// threeContexts is a kubeconfig of two contexts, each with an instance of the Service in a namespace of its own, and
// of one whose API server is gone.
func threeContexts(t *testing.T, service string) string {
	t.Helper()
	one, other := serveTwice(t, service)
	token, err := shared.Dir.AdminToken()
	must(t, err)
	return kubeconfigOf(t, one, state.Identity{Token: token}, func(config *api.Config) {
		here := config.Contexts[config.CurrentContext]
		config.Clusters["gone"] = &api.Cluster{Server: "http://127.0.0.1:1"}
		config.Contexts = map[string]*api.Context{
			"one":   here,
			"other": {Cluster: here.Cluster, AuthInfo: here.AuthInfo, Namespace: other.Name},
			"gone":  {Cluster: "gone", AuthInfo: here.AuthInfo},
		}
	})
}

type instanceOfContext struct {
	Context string `json:"context"`
	Pod     string `json:"pod"`
}

func TestSeveralContextsAreOneList(t *testing.T) {
	kubeconfig := threeContexts(t, "several-contexts")

	ran := podreg(t, kubeconfig, "instances", "several-contexts", "--context", "other,one", "-o", "json")

	ran.mustExit(t, 0)
	found := []string{}
	for _, item := range parse[instanceOfContext](t, ran, "InstanceList").Items {
		found = append(found, item.Context+" "+item.Pod)
	}
	mustBe(t, found, []string{"other shop-order-2", "one shop-order-1"})
}

func TestAContextThatIsGoneIsAWarningAndTheStatus(t *testing.T) {
	kubeconfig := threeContexts(t, "one-is-gone")

	for _, command := range []string{"instances one-is-gone", "services"} {
		ran := podreg(t, kubeconfig, append(strings.Fields(command), "--all-contexts", "-o", "json")...)

		ran.mustExit(t, 5)
		mustContain(t, ran.stdout, `"code": "ContextFailed"`, `"context": "gone"`)
	}
}

func TestATableOfSeveralContextsNamesThem(t *testing.T) {
	kubeconfig := threeContexts(t, "in-a-table")

	ran := podreg(t, kubeconfig, "services", "--context", "gone,one")

	ran.mustExit(t, 5, `warning: context "gone": `)
	mustContain(t, ran.stdout, "CONTEXT   NAME", "one       in-a-table")
}

func TestDoctorLooksAtSeveralContexts(t *testing.T) {
	kubeconfig := threeContexts(t, "looked-at")

	ran := podreg(t, kubeconfig, "doctor", "looked-at", "--no-probe", "--context", "one,other")

	mustContain(t, ran.stdout, `context "one"`, `context "other"`)
}
