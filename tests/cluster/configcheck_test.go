package cluster

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/util/yaml"

	"podreg/tests/cluster/fixture"
)

type access struct {
	Command, Verb, Resource, Group, Namespace, Reason, User string
	Allowed                                                 bool
}

func (r result) accesses(t *testing.T) []access {
	t.Helper()
	return itemsOf[access](t, r, "AccessList")
}

// itemsOf are those of a list that podreg printed with -o json; there is at least one.
func itemsOf[Item any](t *testing.T, r result, kind string) []Item {
	t.Helper()
	var list struct {
		Kind  string
		Items []Item
	}
	must(t, json.Unmarshal([]byte(r.stdout), &list))
	if list.Kind != kind || len(list.Items) == 0 {
		t.Fatalf("%s with %d items\n%s", list.Kind, len(list.Items), r.stderr)
	}
	return list.Items
}

// permissions are those among them that are, or are not, allowed: "list pods".
func permissions(accesses []access, allowed bool) map[string]bool {
	found := map[string]bool{}
	for _, one := range accesses {
		if one.Allowed == allowed {
			found[one.Verb+" "+one.Resource] = true
		}
	}
	return found
}

func TestTheRoleOfConfigCheckAllowsEverything(t *testing.T) {
	namespace := newNamespace(t)
	kubeconfig := operatorOf(t, namespace)
	printed := podreg(t, kubeconfig, "config", "check", "-o", "yaml")
	printed.mustExit(t, 0)
	apply(t, printed.stdout)
	bindOperator(t, namespace)

	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		ran := podreg(t, kubeconfig, "config", "check", "-o", "json")
		denied := permissions(ran.accesses(t), false)
		if len(denied) == 0 {
			ran.mustExit(t, 0)
			break
		}
		if time.Since(start) > time.Minute { // the server watches Roles, and knows new ones a moment later
			t.Fatalf("still denied: %v", denied)
		}
	}
	serveOrder(t, namespace, healthyOrder(1))
	mustSeeOrder(t, kubeconfig)
	podreg(t, kubeconfig, "update", "shop-order-1", "--set", "weight=1").mustExit(t, 0)
	for _, command := range [][]string{{"mapping"}, {"urls", "com.example.shop.OrderService"}} {
		// Everything may be listed; nobody is there to answer.
		podreg(t, kubeconfig, append(command, "--connect", "127.0.0.1:1")...).mustExit(t, 5, "no instance could be asked")
	}
}

// Who may only get Services by name has no way to look for an interface, and needs none when told.
func TestAnInterfaceIsLookedForByThoseWhoMayList(t *testing.T) {
	namespace := newNamespace(t)
	kubeconfig := operatorOf(t, namespace,
		rbacv1.PolicyRule{APIGroups: []string{""}, Resources: []string{"services", "endpoints"}, Verbs: []string{"get"}},
		rbacv1.PolicyRule{APIGroups: []string{""}, Resources: []string{"pods"}, Verbs: []string{"list"}})
	serveOrder(t, namespace, healthyOrder(1))
	command := []string{"urls", "com.example.shop.OrderService", "--connect", "127.0.0.1:1"}

	podreg(t, kubeconfig, command...).mustExit(t, 4, "services")
	podreg(t, kubeconfig, append(command, "--provided-by", "shop-order")...).mustExit(t, 5, "no instance could be asked")

	denied := permissions(podreg(t, kubeconfig, "config", "check", "-o", "json").accesses(t), false)
	if !denied["list services"] || !denied["list endpoints"] {
		t.Errorf("config check does not say so: %v", denied)
	}
}

// apply creates it as `kubectl apply` would, which refuses fields that it does not know.
func apply(t *testing.T, manifest string) {
	t.Helper()
	var role rbacv1.Role
	must(t, yaml.UnmarshalStrict([]byte(manifest), &role))
	_, err := client.RbacV1().Roles(role.Namespace).Create(t.Context(), &role, metav1.CreateOptions{})
	must(t, err)
}

func bindOperator(t *testing.T, namespace fixture.Namespace) {
	t.Helper()
	binding := &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: "podreg"},
		Subjects:   []rbacv1.Subject{{Kind: rbacv1.ServiceAccountKind, Name: "operator", Namespace: namespace.Name}},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "Role", Name: "podreg"},
	}
	_, err := client.RbacV1().RoleBindings(namespace.Name).Create(t.Context(), binding, metav1.CreateOptions{})
	must(t, err)
}

func TestConfigCheckSaysWhatAReaderMayNotChange(t *testing.T) {
	namespace := newNamespace(t)
	kubeconfig := operatorOf(t, namespace, fixture.Reading...)

	ran := podreg(t, kubeconfig, "config", "check", "-o", "json")

	ran.mustExit(t, 4, namespace.Name)
	accesses := ran.accesses(t)
	mustBeEqual(t, permissions(accesses, false), map[string]bool{"patch pods": true, "create pods/portforward": true, "get pods/portforward": true})
	for _, one := range accesses {
		if one.User != "system:serviceaccount:"+namespace.Name+":operator" || one.Namespace != namespace.Name {
			t.Errorf("%+v", one)
		}
		forwards := one.Resource == "pods/portforward" // a way to reach pods, not to read what is registered
		if !one.Allowed && !forwards && one.Command != "register" && one.Command != "update" && one.Command != "unregister" {
			t.Errorf("%s only reads, and needs %s %s", one.Command, one.Verb, one.Resource)
		}
	}
	podreg(t, kubeconfig, "config", "check", "-A").mustExit(t, 4, "any namespace", "ClusterRole")
}

func TestConfigCheckOfWhoMayNothingDeniesEverything(t *testing.T) {
	namespace := newNamespace(t)
	ran := podreg(t, operatorOf(t, namespace), "config", "check")

	ran.mustExit(t, 4, "system:serviceaccount:"+namespace.Name+":operator", "not allowed", "-o yaml")
	if strings.Contains(ran.stdout, " yes") || !strings.Contains(ran.stdout, " no") {
		t.Error(ran.stdout)
	}
}

func TestConfigCheckOfNobodyIsNotAuthenticated(t *testing.T) {
	namespace := newNamespace(t)
	kubeconfig := operatorOf(t, namespace)
	podreg(t, kubeconfig, "config", "check", "--token", "an-invented-secret").mustExit(t, 4, "not authenticated")
}
