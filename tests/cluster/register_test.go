package cluster

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	corev1 "k8s.io/api/core/v1"

	"podreg/tests/cluster/fixture"
)

// What the real Dubbo registered when it exported three services over both protocols: the MetadataInfo
// that it had, and the annotation that it wrote.
const golden = "../golden/dubbo/metadata-3.2.6/both-3svc"

func content(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	must(t, err)
	return string(text)
}

var timestamp = regexp.MustCompile(`"timestamp":"\d+"`)

func TestRegisterWritesWhatDubboWrites(t *testing.T) {
	namespace := provide(t, orderPod(1))
	start := time.Now().UnixMilli()

	said := change(t, namespace, "register", "--endpoint", "dubbo:20880", "--endpoint", "tri:50051",
		"--services", "@"+golden+".json")

	mustSay(t, said, "registered")
	pod := podOf(t, namespace, "shop-order-1")
	written, dubbo := pod.Annotations[fixture.MetadataAnnotation], content(t, golden+".annotation.txt")
	if timestamp.ReplaceAllString(written, "") != timestamp.ReplaceAllString(strings.TrimSpace(dubbo), "") {
		t.Errorf("written %s\nDubbo's  %s", written, dubbo)
	}
	mustBeEqual(t, said.Metadata, metadataIn(t, written))
	if said.ResourceVersion != pod.ResourceVersion {
		t.Errorf("resourceVersion %s, the pod has %s", said.ResourceVersion, pod.ResourceVersion)
	}
	at, err := strconv.ParseInt(said.Metadata["timestamp"], 10, 64)
	if err != nil || at < start || at > time.Now().UnixMilli() {
		t.Errorf("timestamp %q is not now", said.Metadata["timestamp"])
	}
}

func TestInstancesShowsWhatRegisterWrote(t *testing.T) {
	namespace := newNamespace(t)
	serveOrder(t, namespace, orderPod(1))

	said := change(t, namespace, "register", "--endpoint", "dubbo:20880", "--services", "@"+golden+".json", "--set", "zone=z1")

	found := in(t, namespace, "instances", "shop-order", "-o", "json").instances(t)
	mustBe(t, endpoints(found), []string{"shop-order-1 10.244.0.1:20880"})
	found.mustNotWarn(t)
	mustBeEqual(t, found.Items[0].Metadata, said.Metadata)
	mustHave(t, said.Metadata, "zone", "z1")
	if wanted := strings.TrimSpace(content(t, golden+".revision.txt")); found.Items[0].Revision != wanted {
		t.Errorf("revision %s, wanted %s", found.Items[0].Revision, wanted)
	}
}

func TestARegistrationThatConsumersSeeHasNoWarning(t *testing.T) {
	namespace := provide(t, orderPod(1))

	in(t, namespace, "register", "shop-order-1", "--endpoint", "dubbo:20880", "--services", "@"+golden+".json", "-o", "json").
		registrations(t).mustNotWarn(t)
}

func TestPeopleAreToldWhatWasDone(t *testing.T) {
	namespace := provide(t, orderPod(1))

	for _, did := range []struct{ word, args string }{
		{"registered", "register shop-order-1 --endpoint dubbo:20880"},
		{"updated", "update shop-order-1 --set zone=z1"},
		{"unchanged", "update shop-order-1 --set zone=z1"},
		{"unregistered", "unregister shop-order-1"},
		{"absent", "unregister shop-order-1"},
	} {
		ran := in(t, namespace, strings.Fields(did.args)...)
		ran.mustExit(t, 0)
		mustContain(t, ran.stdout, "shop-order-1", did.word)
	}
}

func TestMetadataIsAnArgumentOrAFileOrStandardInput(t *testing.T) {
	const text = `{"dubbo.metadata.revision":"r1","zone":"Zürich"}`
	for name, metadata := range map[string]string{"argument": text, "file": inFile(t, text), "standard input": "-"} {
		t.Run(name, func(t *testing.T) {
			namespace := provide(t, orderPod(1))
			argv := []string{os.Getenv("PODREG"), "register", "shop-order-1", "-n", namespace.Name, "--metadata", metadata}

			start(t, text, []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig()}, argv...).wait(t).mustExit(t, 0)

			written := registeredOn(t, namespace, "shop-order-1")
			mustHave(t, written, "dubbo.metadata.revision", "r1")
			mustHave(t, written, "zone", "Zürich")
		})
	}
}

func TestSetWinsOverMetadata(t *testing.T) {
	namespace := provide(t, orderPod(1))

	change(t, namespace, "register", "--set", "zone=z2", "--set", "filter=a=b,c", "--metadata", `{"zone":"z1","gray":"no"}`)

	written := registeredOn(t, namespace, "shop-order-1")
	mustHave(t, written, "zone", "z2")
	mustHave(t, written, "gray", "no")
	mustHave(t, written, "filter", "a=b,c")
}

func TestNumbersAndBooleansAreRegisteredAsTextWithANote(t *testing.T) {
	namespace := provide(t, orderPod(1))

	ran := in(t, namespace, "register", "shop-order-1", "--metadata", `{"weight":50,"gray":true}`)

	ran.mustExit(t, 0, "weight", "gray")
	written := registeredOn(t, namespace, "shop-order-1")
	mustHave(t, written, "weight", "50")
	mustHave(t, written, "gray", "true")
}

func TestWhatConsumersCouldNotReadIsNotSent(t *testing.T) {
	namespace := provide(t, orderPod(1))
	gate := newGateway(t, namespace, nil)

	for _, wrong := range []struct {
		status int
		args   []string
	}{
		{7, []string{"--metadata", `{"zone":`}},
		{7, []string{"--metadata", `["zone"]`}},
		{7, []string{"--metadata", `{"tags":{"zone":"z1"}}`}},
		{7, []string{"--metadata", `{"dubbo.endpoints":"dubbo:20880"}`}},
		{7, []string{"--metadata", `{"dubbo.endpoints":"[{\"port\":0,\"protocol\":\"dubbo\"}]"}`}},
		{7, []string{"--metadata", `{"dubbo.endpoints":"[{\"port\":20880}]"}`}},
		{7, []string{"--set", `dubbo.metadata-service.url-params={"port":"70000","protocol":"dubbo"}`}},
		{7, []string{"--set", `dubbo.metadata-service.url-params={"port":"20880"}`}},
		{7, []string{"--set", `dubbo.metadata-service.url-params={"port":"20880","protocol":1}`}},
		{7, []string{"--set", `dubbo.endpoints=[{"port":20880,"protocol":""}]`}},
		{7, []string{"--services", inFile(t, `["not a MetadataInfo"]`)}},
		{2, []string{"--endpoint", "20880"}},
		{2, []string{"--endpoint", "dubbo:65536"}},
		{2, []string{"--endpoint", ":20880"}},
		{2, []string{"--endpoint", "x:y:1"}},
		{2, []string{"--set", "zone"}},
		{2, []string{"--set", ""}},
		{2, []string{"--metadata", ""}},
		{2, []string{"--services", ""}},
		{2, []string{"--resource-version", "", "--set", "zone=z1"}},
		{2, []string{"--field-manager", "", "--set", "zone=z1"}},
		{2, []string{"--field-manager", "a\nb", "--set", "zone=z1"}},
	} {
		for _, command := range []string{"register", "update"} {
			t.Run(fmt.Sprintf("%s %s", command, wrong.args), func(t *testing.T) {
				ran := podreg(t, gate.kubeconfig, append([]string{command, "shop-order-1"}, wrong.args...)...)
				ran.mustExit(t, wrong.status, "podreg: error: ")
			})
		}
	}

	gate.mustHaveWritten(t, 0)
	mustNotBeRegistered(t, namespace, "shop-order-1")
}

func TestThePodIsTheHostnameUnlessItIsNamed(t *testing.T) {
	namespace := provide(t, orderPod(1), orderPod(2))
	env := []string{"KUBECONFIG=" + shared.Dir.AdminKubeconfig(), "HOSTNAME=shop-order-2"}
	podreg := []string{os.Getenv("PODREG"), "-n", namespace.Name}

	run(t, env, append(podreg, "register", "--endpoint", "dubbo:20880")...).mustExit(t, 0)
	run(t, env, append(podreg, "update", "--set", "zone=z1")...).mustExit(t, 0)
	mustHave(t, registeredOn(t, namespace, "shop-order-2"), "zone", "z1")
	mustNotBeRegistered(t, namespace, "shop-order-1")

	run(t, env, append(podreg, "unregister")...).mustExit(t, 0)
	mustNotBeRegistered(t, namespace, "shop-order-2")

	run(t, env, append(podreg, "register", "shop-order-1", "--endpoint", "dubbo:20880")...).mustExit(t, 0)
	mustNotBeRegistered(t, namespace, "shop-order-2")
	registeredOn(t, namespace, "shop-order-1")
}

func TestWithoutAPodAndAHostnameNoPodIsGuessed(t *testing.T) {
	namespace := provide(t, orderPod(1))

	for _, command := range []string{"register", "update", "unregister"} {
		in(t, namespace, command).mustExit(t, 2, "HOSTNAME")
	}
}

func TestAPodThatDoesNotExistIsNamedWithItsNamespace(t *testing.T) {
	namespace := provide(t)

	for _, command := range []string{"register", "update", "unregister"} {
		in(t, namespace, command, "shop-order-1").mustExit(t, 3, "shop-order-1", namespace.Name)
	}
}

func TestAnImpossiblePodNameIsWrongUse(t *testing.T) {
	namespace := provide(t)

	for _, name := range []string{"Shop_Order", "shop/order", "../shop-order", ""} {
		in(t, namespace, "register", name, "--endpoint", "dubbo:20880").mustExit(t, 2)
	}
}

func TestAPodWithoutAnyAnnotationsGetsThem(t *testing.T) {
	for _, command := range []string{"register", "update"} {
		namespace := provide(t, orderPod(1))
		if annotations := podOf(t, namespace, "shop-order-1").Annotations; annotations != nil {
			t.Fatalf("the pod has annotations: %v", annotations)
		}

		mustSay(t, change(t, namespace, command, "--set", "zone=z1"), "registered")

		mustHave(t, registeredOn(t, namespace, "shop-order-1"), "zone", "z1")
	}
}

// annotatedOrder is a registered pod with annotations of others.
func annotatedOrder() fixture.Pod {
	pod := healthyOrder(1)
	pod.Annotations["prometheus.io/scrape"] = "true"
	pod.Annotations["io.dubbo/metadata.backup_1"] = `{"text":"Zürich \u0000 \"quoted\""}`
	return pod
}

func TestNothingElseOfThePodChanges(t *testing.T) {
	namespace := provide(t, annotatedOrder())
	before := withoutRegistration(podOf(t, namespace, "shop-order-1"))

	for _, command := range [][]string{
		{"register", "--endpoint", "tri:50051"}, {"update", "--set", "zone=z1"}, {"unregister"},
		{"register", "--endpoint", "dubbo:20880"},
	} {
		change(t, namespace, command[0], command[1:]...)

		mustBeEqual(t, withoutRegistration(podOf(t, namespace, "shop-order-1")), before)
	}
}

func withoutRegistration(pod *corev1.Pod) *corev1.Pod {
	delete(pod.Annotations, fixture.MetadataAnnotation)
	pod.ResourceVersion, pod.ManagedFields = "", nil
	return pod
}

func TestRegisteringAgainKeepsNothingOfTheOldRegistration(t *testing.T) {
	namespace := provide(t, orderPod(1).Annotated(`{"dubbo.metadata.revision":"r1","zone":"z1"}`))

	mustSay(t, change(t, namespace, "register", "--set", "gray=yes"), "registered")

	written := registeredOn(t, namespace, "shop-order-1")
	mustHave(t, written, "gray", "yes")
	mustNotHave(t, written, "zone")
}

func TestRegisterReplacesAnAnnotationThatIsNoJSON(t *testing.T) {
	namespace := provide(t, orderPod(1).Annotated(`{"dubbo.metadata.revision":`))

	mustKeep(t, namespace, func() {
		in(t, namespace, "update", "shop-order-1", "--set", "zone=z1").mustExit(t, 7, "shop-order-1", "register")
	})
	mustSay(t, change(t, namespace, "register", "--set", "zone=z1"), "registered")

	mustHave(t, registeredOn(t, namespace, "shop-order-1"), "zone", "z1")
}

func TestTheFieldManagerIsRecorded(t *testing.T) {
	for manager, args := range map[string][]string{"podreg": nil, "ci-job-17": {"--field-manager", "ci-job-17"}} {
		for _, command := range []string{"register", "update"} {
			namespace := provide(t, orderPod(1))

			change(t, namespace, command, append(args, "--set", "zone=z1")...)

			mustManage(t, podOf(t, namespace, "shop-order-1"), manager)
		}
	}
}

// mustManage checks that the manager, and nobody else, owns the annotation of the registration.
func mustManage(t *testing.T, pod *corev1.Pod, manager string) {
	t.Helper()
	owners := []string{}
	for _, fields := range pod.ManagedFields {
		if fields.FieldsV1 != nil && strings.Contains(string(fields.FieldsV1.Raw), `"f:`+fixture.MetadataAnnotation+`"`) {
			owners = append(owners, fields.Manager)
		}
	}
	mustBe(t, owners, []string{manager})
}
