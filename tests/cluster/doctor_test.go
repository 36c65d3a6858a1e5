package cluster

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"
	discoveryv1 "k8s.io/api/discovery/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"podreg/tests/cluster/fixture"
	"podreg/tests/cluster/state"
)

// finding is an item of a FindingList.
type finding struct {
	Code      string `json:"code"`
	Severity  string `json:"severity"`
	Step      int    `json:"step"`
	Object    string `json:"object"`
	Namespace string `json:"namespace"`
	Message   string `json:"message"`
	Remedy    string `json:"remedy"`
	Consumers string `json:"consumers"`
}

// runningOrder is a pod of shop-order that registered after its container had started, as in life.
func runningOrder(number int) fixture.Pod {
	registered := metadata(fixture.Dubbo)
	registered.Time = time.Now().Add(5 * time.Second)
	return orderPod(number).Registered(registered)
}

// healthyShop is a namespace in which a consumer would find everything.
func healthyShop(t *testing.T, pods ...fixture.Pod) fixture.Namespace {
	t.Helper()
	namespace := newNamespace(t)
	must(t, namespace.AllowGroup(t.Context(), "system:serviceaccounts:"+namespace.Name, fixture.Registering...))
	serveOrder(t, namespace, pods...)
	return namespace
}

// examine runs doctor without asking providers; the exit status has to fit what was found.
func examine(t *testing.T, namespace fixture.Namespace, args ...string) []finding {
	t.Helper()
	ran := in(t, namespace, append([]string{"doctor", "--no-probe", "-o", "json"}, args...)...)
	found := parse[finding](t, ran, "FindingList").Items
	status := 0
	for _, one := range found {
		if one.Severity == "error" {
			status = 1
		}
		if one.Remedy == "" {
			t.Errorf("%s has no remedy", one.Code)
		}
	}
	ran.mustExit(t, status)
	return found
}

func codes(found []finding) []string {
	lines := []string{}
	for _, one := range found {
		lines = append(lines, one.Code+" "+one.Object)
	}
	return lines
}

func mustFind(t *testing.T, namespace fixture.Namespace, wanted ...string) []finding {
	t.Helper()
	found := examine(t, namespace)
	mustBe(t, codes(found), wanted)
	return found
}

func TestADoctorFindsNothingInAHealthyNamespace(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1), runningOrder(2))
	if found := examine(t, namespace); len(found) > 0 {
		t.Errorf("found: %+v", found)
	}
	shown := in(t, namespace, "doctor", "shop-order", "--no-probe")
	shown.mustExit(t, 0)
	mustContain(t, shown.stdout, "✓ every ready pod is registered",
		"- every revision's MetadataService answers: --no-probe", "nothing found")
}

// Each fault is made in a healthy namespace of its own, and must be all that is found.
func TestADoctorFindsEachFaultOfARegistration(t *testing.T) {
	annotated := func(text string) fixture.Pod { return orderPod(1).Annotated(text) }
	old := orderPod(1).Registered(metadata(fixture.Dubbo))
	foreign := orderPod(1)
	foreign.Annotations = map[string]string{"dubbo.io/annotation": "W10="}
	for _, one := range []struct {
		pod    fixture.Pod
		wanted string
	}{
		{orderPod(1), "NotRegistered"},
		{annotated("[]"), "AnnotationInvalid"},
		{annotated(""), "AnnotationWithoutEntries"},
		{annotated("{}"), "AnnotationWithoutEntries"},
		{annotated(`{"a":"b"}`), "RevisionMissing"},
		{annotated(`{"dubbo.metadata.revision":"0"}`), "ExportsNothing"},
		{old, "RegistrationOutdated"},
		{foreign, "ForeignRegistration"},
	} {
		t.Run(one.wanted, func(t *testing.T) {
			mustFind(t, healthyShop(t, one.pod, runningOrder(2)), one.wanted+" pod/shop-order-1")
		})
	}
}

func TestADoctorTellsWhatConsumersDo(t *testing.T) {
	found := mustFind(t, healthyShop(t, orderPod(1).Annotated("[]"), runningOrder(2)), "AnnotationInvalid pod/shop-order-1")
	if found[0].Consumers != "fails" {
		t.Errorf("consumers: %s", found[0].Consumers)
	}
	mustContain(t, found[0].Message, "hides every instance")
}

func TestADoctorKnowsProvidersWithTheWrongName(t *testing.T) {
	namespace := healthyShop(t, runningOrder(2))
	pod := orderPod(1).Object()
	pod.Spec.Hostname = "order"
	client := namespace.Client.CoreV1().Pods(namespace.Name)
	created, err := client.Create(t.Context(), pod, metav1.CreateOptions{})
	must(t, err)
	created.Status = pod.Status
	_, err = client.UpdateStatus(t.Context(), created, metav1.UpdateOptions{})
	must(t, err)
	must(t, namespace.WaitForEndpoints(t.Context(), "shop-order", 2, 0))

	found := mustFind(t, namespace, "HostnameDiffers pod/shop-order-1")
	mustContain(t, found[0].Message, `spec.hostname is "order"`)
}

func TestADoctorAsksWhatServiceAccountsMayDo(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, orderPod(1))

	found := mustFind(t, namespace, "ProviderNotAllowed serviceaccount/default", "NotRegistered pod/shop-order-1")
	mustContain(t, found[0].Message, "may not get and patch pods")
	mustContain(t, found[1].Remedy, `let its ServiceAccount "default" patch pods`)

	serving := healthyShop(t, runningOrder(1))
	consumer := codes(examine(t, serving, "--consumer", "pod/shop-order-1"))
	mustBe(t, consumer, []string{"ConsumerNotAllowed serviceaccount/default"})
}

func TestADoctorFindsFaultsOfServicesAndEndpoints(t *testing.T) {
	t.Run("ServiceMissing", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1))
		found := examine(t, namespace, "shop-oder")
		mustBe(t, codes(found), []string{"ServiceMissing service/shop-oder"})
		mustContain(t, found[0].Remedy, `"shop-order"`)
	})
	t.Run("ServiceMissing in another namespace", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1))
		found := examine(t, newNamespace(t), "shop-order")
		mustBe(t, codes(found), []string{"ServiceMissing service/shop-order"})
		mustContain(t, found[0].Remedy, namespace.Name)
	})
	t.Run("SelectorMatchesNoPod", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1))
		must(t, namespace.Service(t.Context(), "shop-stock", fixture.Dubbo))
		found := examine(t, namespace, "shop-stock")
		mustContain(t, found[0].Message, "app=shop-stock", "app=shop-order of pod")
		if found[0].Code != "SelectorMatchesNoPod" {
			t.Errorf("found: %v", codes(found))
		}
	})
	t.Run("PodNotReady", func(t *testing.T) {
		mustFind(t, healthyShop(t, runningOrder(1), runningOrder(2).NotYetReady()), "PodNotReady pod/shop-order-2")
	})
	t.Run("EndpointsEmpty", func(t *testing.T) {
		mustFind(t, healthyShop(t, runningOrder(1).NotYetReady()),
			"EndpointsEmpty service/shop-order", "PodNotReady pod/shop-order-1")
	})
	t.Run("PodTerminating", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1), runningOrder(2))
		must(t, namespace.Terminate(t.Context(), "shop-order-2"))
		// Kubernetes lists a terminating pod that is ready as an address that is not.
		comesToPass(t, func() bool { return slices.Contains(codes(examine(t, namespace)), "PodTerminating pod/shop-order-2") })
	})
	t.Run("AddressWithoutTargetRef", func(t *testing.T) {
		namespace := handMadeOf(t, fixture.Address("10.244.0.1", "shop-order-1"), fixture.Address("10.244.0.7", ""))
		mustFind(t, namespace, "AddressWithoutTargetRef service/shop-order", "ServiceWithoutSelector service/shop-order")
	})
	t.Run("AddressWithoutPod", func(t *testing.T) {
		namespace := handMadeOf(t, fixture.Address("10.244.0.1", "shop-order-1"), fixture.Address("10.244.0.8", "shop-order-8"))
		mustFind(t, namespace, "AddressWithoutPod pod/shop-order-8", "ServiceWithoutSelector service/shop-order")
	})
	t.Run("EndpointsMissing", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1))
		must(t, namespace.ServiceWithoutSelector(t.Context(), "shop-stock", fixture.Dubbo))
		found := codes(examine(t, namespace, "shop-stock"))
		mustBe(t, found, []string{"EndpointsMissing service/shop-stock", "ServiceWithoutSelector service/shop-stock"})
	})
	t.Run("ServiceExternalName", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1))
		_, err := namespace.Client.CoreV1().Services(namespace.Name).Create(t.Context(), &corev1.Service{
			ObjectMeta: metav1.ObjectMeta{Name: "shop-alias"},
			Spec:       corev1.ServiceSpec{Type: corev1.ServiceTypeExternalName, ExternalName: "example.com"},
		}, metav1.CreateOptions{})
		must(t, err)
		mustBe(t, codes(examine(t, namespace, "shop-alias")), []string{"ServiceExternalName service/shop-alias"})
	})
	t.Run("PortMultipliesInstances", func(t *testing.T) {
		namespace := newNamespace(t)
		must(t, namespace.Service(t.Context(), "shop-order", fixture.Dubbo, fixture.Port{Name: "metrics", Number: 9090}))
		must(t, namespace.Pods(t.Context(), runningOrder(1)))
		must(t, namespace.WaitForEndpoints(t.Context(), "shop-order", 1, 0))
		mustFind(t, namespace, "PortMultipliesInstances service/shop-order")
	})
	t.Run("NotReadyPublished", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1), runningOrder(2).NotYetReady())
		changeService(t, namespace, func(s *corev1.Service) { s.Spec.PublishNotReadyAddresses = true })
		must(t, namespace.WaitForEndpoints(t.Context(), "shop-order", 2, 0))
		mustFind(t, namespace, "NotReadyPublished service/shop-order")
	})
	t.Run("DualStackIncomplete", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1))
		changeService(t, namespace, func(s *corev1.Service) {
			both := corev1.IPFamilyPolicyRequireDualStack
			s.Spec.IPFamilyPolicy = &both
		})
		found := mustFind(t, namespace, "DualStackIncomplete service/shop-order")
		mustContain(t, found[0].Message, "ready addresses of IPv4 only")
	})
	t.Run("SlicesDiffer", func(t *testing.T) {
		namespace := healthyShop(t, runningOrder(1))
		ready := true
		must(t, namespace.EndpointSlice(t.Context(), "shop-order", discoveryv1.AddressTypeIPv4, fixture.Dubbo,
			fixture.SliceEndpoint("10.244.0.77", "shop-order-1", &ready)))
		found := mustFind(t, namespace, "SlicesDiffer service/shop-order")
		mustContain(t, found[0].Message, "10.244.0.77")
	})
}

func TestADoctorFindsAClockThatIsWrong(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1))
	for _, one := range []struct {
		ahead   time.Duration
		found   []string
		message string
	}{
		{time.Minute, []string{}, ""},
		{10 * time.Minute, []string{"ClockSkew apiserver"}, "behind"},
		{-10 * time.Minute, []string{"ClockSkew apiserver"}, "ahead of"},
	} {
		t.Run(one.ahead.String(), func(t *testing.T) {
			server := newGateway(t, namespace, nil)
			server.ahead = one.ahead
			ran := podreg(t, server.kubeconfig, "doctor", "--no-probe", "-o", "json", "--only", "ClockSkew")
			found := parse[finding](t, ran, "FindingList").Items
			mustBe(t, codes(found), one.found)
			for _, skew := range found {
				mustContain(t, skew.Message, one.message)
			}
		})
	}
}

func TestADoctorFindsARevisionForEveryPod(t *testing.T) {
	pods := []fixture.Pod{}
	for number := 1; number <= 3; number++ {
		registered := metadata(fixture.Dubbo)
		registered.Time = time.Now().Add(5 * time.Second)
		registered.Revision = strings.Repeat(fmt.Sprint(number), 32)
		pods = append(pods, orderPod(number).Registered(registered))
	}
	found := mustFind(t, healthyShop(t, pods...), "SeveralRevisions service/shop-order")
	mustContain(t, found[0].Message, "3 revisions in 3 pods")
}

// handMadeOf is the Service without selector, with one healthy pod and these addresses.
func handMadeOf(t *testing.T, addresses ...corev1.EndpointAddress) fixture.Namespace {
	t.Helper()
	namespace := newNamespace(t)
	must(t, namespace.ServiceWithoutSelector(t.Context(), "shop-order", fixture.Dubbo))
	must(t, namespace.Pods(t.Context(), runningOrder(1)))
	must(t, namespace.Endpoints(t.Context(), "shop-order", fixture.Subset(dubboPort, addresses...)))
	return namespace
}

func changeService(t *testing.T, namespace fixture.Namespace, change func(*corev1.Service)) {
	t.Helper()
	client := namespace.Client.CoreV1().Services(namespace.Name)
	service, err := client.Get(t.Context(), "shop-order", metav1.GetOptions{})
	must(t, err)
	change(service)
	_, err = client.Update(t.Context(), service, metav1.UpdateOptions{})
	must(t, err)
}

func comesToPass(t *testing.T, condition func() bool) {
	t.Helper()
	for ctx := limited(t, 20*time.Second); ; {
		if condition() {
			return
		}
		if ctx.Err() != nil {
			t.Fatal("it did not come to pass")
		}
		sleep(ctx, 200*time.Millisecond)
	}
}

func sleep(ctx context.Context, pause time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(pause):
	}
}

func TestADoctorGoesOnWithoutWhatItMayNotRead(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1))
	kubeconfig := operatorOf(t, namespace, rbacv1.PolicyRule{
		APIGroups: []string{""}, Resources: []string{"services", "endpoints"}, Verbs: []string{"get", "list"},
	})
	ran := podreg(t, kubeconfig, "doctor", "shop-none", "--no-probe", "-o", "json")
	ran.mustExit(t, 1)
	found := codes(parse[finding](t, ran, "FindingList").Items)
	mustBe(t, found, []string{"ServiceMissing service/shop-none", "NotReadable endpointslices", "NotReadable pods"})
	shown := podreg(t, kubeconfig, "doctor", "--no-probe")
	shown.mustExit(t, 0)
	mustContain(t, shown.stdout, "not allowed to list pods")
}

func TestADoctorWithoutAnAPIServerSaysSo(t *testing.T) {
	ran := asAdmin(t, "doctor", "-s", "https://127.0.0.1:9", "-o", "json", "--request-timeout", "2s")
	ran.mustExit(t, 1)
	mustBe(t, codes(parse[finding](t, ran, "FindingList").Items), []string{"ApiServerUnreachable apiserver"})

	// Whatever is asked for, it cannot be told.
	for _, code := range []string{"ClockSkew", "ApiServerUnreachable", "PodNotReady", "CredentialsRefused"} {
		ran = asAdmin(t, "doctor", "-s", "https://127.0.0.1:9", "-o", "json", "--request-timeout", "2s", "--only", code)
		ran.mustExit(t, 1)
		mustBe(t, codes(parse[finding](t, ran, "FindingList").Items), []string{"ApiServerUnreachable apiserver"})
	}

	ran = asAdmin(t, "doctor", "--certificate-authority", "../golden/kubeconfigs/ca.crt", "-o", "json")
	ran.mustExit(t, 1)
	mustBe(t, codes(parse[finding](t, ran, "FindingList").Items), []string{"CertificateRefused apiserver"})

	stranger := kubeconfigOf(t, newNamespace(t), state.Identity{Token: plant(t, "no-such-token")})
	ran = podreg(t, stranger, "doctor", "-o", "json")
	ran.mustExit(t, 1)
	mustBe(t, codes(parse[finding](t, ran, "FindingList").Items), []string{"CredentialsRefused apiserver"})
}

func TestADoctorFailsOnWhatItIsTold(t *testing.T) {
	namespace := healthyShop(t, runningOrder(1), runningOrder(2).NotYetReady())
	for _, one := range []struct {
		args   []string
		status int
	}{
		{[]string{}, 0},
		{[]string{"--fail-on", "warning"}, 1},
		{[]string{"--fail-on", "warning", "--skip", "PodNotReady"}, 0},
		{[]string{"--fail-on", "warning", "--only", "ServiceMissing,PodTerminating"}, 0},
		{[]string{"--fail-on", "sometimes"}, 2},
		{[]string{"--skip", "PodNotRedy"}, 2},
	} {
		t.Run(fmt.Sprint(one.args), func(t *testing.T) {
			in(t, namespace, append([]string{"doctor", "--no-probe"}, one.args...)...).mustExit(t, one.status)
		})
	}
}
