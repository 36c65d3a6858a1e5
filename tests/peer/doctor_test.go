package peer

import (
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"podreg/tests/cluster/fixture"
)

// finding is an item of podreg doctor.
type finding struct {
	Code    string `json:"code"`
	Object  string `json:"object"`
	Message string `json:"message"`
	Remedy  string `json:"remedy"`
}

// examine runs podreg doctor as whoever may do everything, and returns "Code object" of each finding.
func examine(t *testing.T, namespace fixture.Namespace, args ...string) []string {
	t.Helper()
	args = append([]string{"doctor", "-n", namespace.Name, "-o", "json"}, args...)
	command := exec.CommandContext(t.Context(), settings.podreg, args...)
	command.Env = []string{"KUBECONFIG=" + kubeconfig(), "HOME=" + t.TempDir()}
	stdout, err := command.Output()
	if exit := (*exec.ExitError)(nil); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != 1) {
		t.Fatalf("podreg %q: %v %s", args, err, stdout)
	}
	found := []string{}
	for _, one := range parse[list[finding]](t, stdout).Items {
		found = append(found, one.Code+" "+one.Object)
		t.Logf("%s: %s; %s", one.Code, one.Message, one.Remedy)
	}
	return found
}

func mustFind(t *testing.T, namespace fixture.Namespace, wanted []string, args ...string) {
	t.Helper()
	for _, way := range ways {
		if found := examine(t, namespace, append(args, "--via", way)...); !slices.Equal(found, wanted) {
			t.Errorf("%s %v: found %v, wanted %v", way, args, found, wanted)
		}
	}
}

// The shop's consumer is not registered, and no controller watches its pod: it has no Service.
func TestADoctorFindsNothingWrongWithAHealthyProvider(t *testing.T) {
	namespace := newShop(t, both...)
	setup{protocols: both, services: withKinds}.start(t, providerPod, registryURL(t, namespace))
	mustFind(t, namespace, []string{})
	mustFind(t, namespace, []string{}, application)
	mustFind(t, namespace, []string{}, orderService)
	mustFind(t, namespace, []string{}, orderService, "--provided-by", application)
}

func TestADoctorFindsNothingWrongWithAHealthyProviderOnDubbo33(t *testing.T) {
	namespace := newShop(t, both...)
	setup33{dubbo: dubbo33, setup: setup{protocols: both, services: withKinds}}.startTold(t, namespace)
	mustFind(t, namespace, []string{})
	mustFind(t, namespace, []string{}, orderService)
}

func TestADoctorFindsAProviderThatIsGone(t *testing.T) {
	namespace := newShop(t, both...)
	provider, exported := setup{protocols: both, services: order}.start(t, providerPod, registryURL(t, namespace))
	must(t, provider.process.Process.Kill())
	must(t, provider.wait())
	mustFind(t, namespace, []string{"MetadataRefused pod/" + providerPod})
	metadata := "@" + writeFile(t, "MetadataInfo.json", string(exported))
	mustFind(t, namespace, []string{"UrlRefused pod/" + providerPod, "UrlRefused pod/" + providerPod},
		"--metadata-file", metadata)
}

func TestADoctorComparesWhatIsAskedForWithWhatThereIs(t *testing.T) {
	namespace := newShop(t, both...)
	setup{protocols: both, services: withKinds}.start(t, providerPod, registryURL(t, namespace))
	mustFind(t, namespace, []string{"NothingMatches interface/" + orderService}, orderService, "--version", "9.9.9")
	mustFind(t, namespace, []string{"InterfaceNotProvided interface/com.example.shop.NoService"}, "com.example.shop.NoService")
	mustFind(t, namespace, []string{"ApplicationUnknown interface/" + orderService}, orderService, "--provided-by", "shop-nobody")
}

// A Service under another name selects the pods, too; Dubbo's consumers would ask with that name.
func TestADoctorFindsAServiceThatIsNotNamedLikeItsApplication(t *testing.T) {
	namespace := newShop(t, fixture.Dubbo)
	setup{protocols: onlyDubbo, services: order}.start(t, providerPod, registryURL(t, namespace))
	must(t, namespace.ServiceOf(t.Context(), "shop-alias", application, fixture.Dubbo))
	must(t, namespace.WaitForEndpoints(t.Context(), "shop-alias", 1, 0))
	mustFind(t, namespace, []string{}) // nobody asks for it
	mustFind(t, namespace, []string{"ApplicationNameDiffers service/shop-alias"}, "shop-alias")
}

// Where 3.2.6 empties the application, doctor says that it does.
func TestADoctorKnowsWhatEmptiesAnApplication(t *testing.T) {
	namespace := newShopOfTwo(t)
	setup{protocols: both, services: order}.start(t, providerPod, registryURL(t, namespace))
	must(t, namespace.Annotate(t.Context(), otherPod, fixture.MetadataAnnotation, "[]"))
	found := examine(t, namespace, "--no-probe")
	if !slices.ContainsFunc(found, func(one string) bool { return strings.HasPrefix(one, "AnnotationInvalid pod/"+otherPod) }) {
		t.Errorf("found: %v", found)
	}
	if seen, err := dubbo.tryAsk(t, namespace, "instances", application); err == nil {
		t.Errorf("Dubbo sees %s", seen)
	}
}
