package peer

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// withKinds are the services of a provider that podreg calls.
var withKinds = []string{"order", "stock", "price", "kinds"}

// outcome is how podreg ended, and what it said.
type outcome struct {
	status         int
	stdout, stderr string
}

// invoke runs podreg invoke on the application.
func invoke(t *testing.T, namespace fixture.Namespace, args ...string) outcome {
	t.Helper()
	return run(t, namespace, append([]string{"invoke", application}, args...)...)
}

// run runs podreg, which may fail.
func run(t *testing.T, namespace fixture.Namespace, args ...string) outcome {
	t.Helper()
	args = append([]string{"-n", namespace.Name}, args...)
	command := exec.CommandContext(t.Context(), settings.podreg, args...)
	command.Env = []string{"KUBECONFIG=" + kubeconfig(), "HOME=" + t.TempDir()}
	stdout, err := command.Output()
	found := outcome{stdout: string(stdout)}
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		found.status, found.stderr = exit.ExitCode(), string(exit.Stderr)
		return found
	}
	must(t, err)
	return found
}

// call is one of a method, and what becomes of it: a result in compact JSON, or a status and what is said.
type call struct {
	method string
	args   []string
	result string
	status int
	says   string
}

func gives(result, method string, args ...string) call {
	return call{method: method, args: args, result: result}
}

func fails(status int, says, method string, args ...string) call {
	return call{method: method, args: args, status: status, says: says}
}

// same is a call of a method that gives back its argument.
func same(method, json string) call { return gives(json, method, json) }

const emptyOrder = `{"createdAt":0,"quantity":0,"price":0.0,"paid":false,"id":"x","tags":null,"attrs":null}`

// calls are of every kind of argument and result; those of KindService have no dot in their name.
var calls = []call{
	same("flag", "true"), same("octet", "-128"), same("brief", "300"), same("whole", "-2147483648"),
	same("wide", "9007199254740993"), same("wide", "-9223372036854775808"),
	gives("-5", "wide", "--", "-5"),
	same("letter", `"中"`), same("single", "1.5"), same("real", "0.1"), gives("2.0", "real", "2"),
	same("boxedFlag", "null"), same("boxedWhole", "7"), same("boxedWide", "9007199254740993"), same("boxedReal", "null"),
	same("text", `"中文 😀"`), same("text", "null"), same("text", `""`),
	same("decimal", "12345678901234567890.123456789"),
	same("integer", "-123456789012345678901234567890"),
	gives(`"2023-11-14T22:13:20.123Z"`, "date", "1700000000123"),
	gives(`"2023-11-14T22:13:20.500Z"`, "date", `"2023-11-14T23:13:20.5+01:00"`, "--types", "java.util.Date"),
	same("local", `"2023-11-14T22:13:20"`),
	same("color", `"RED"`),
	gives(`"Af4D"`, "bytes", "[1,-2,3]"), gives(`"AQID"`, "bytes", `"AQID"`, "--types", "byte[]"),
	same("numbers", "[1,2,3]"), same("numbers", "[]"), same("texts", `["a","b"]`),
	same("list", `["a","b,c"]`), same("wides", "[1,9007199254740993]"), gives(`["a"]`, "set", `["a","a"]`),
	same("map", `{"a":1,"b":9007199254740993}`), same("lists", `{"1":["a"],"2":[]}`),
	gives("["+emptyOrder+"]", "orders", `[{"id":"x"}]`),
	gives(`{"parent":null,"number":9007199254740993,"total":1.5,"color":"GREEN","created":"2023-11-14T22:13:20Z",`+
		`"seal":"AQI=","orders":[`+emptyOrder+`],"first":`+emptyOrder+`}`,
		"basket", `{"number":9007199254740993,"total":1.5,"color":"GREEN","created":1700000000000,`+
			`"seal":[1,2],"orders":[{"id":"x"}],"first":{"id":"x"}}`),
	same("anything", `{"a":[1,2.5,"x",null,true]}`),
	gives(`{"parent":{"$ref":"$"},"number":1,"total":null,"color":null,"created":null,"seal":null,"orders":null,"first":null}`,
		"selfish"),
	gives("null", "nothing"), gives("null", "none"),
	gives(`"int 5"`, "kind", "5", "--types", "int"), gives(`"long 5"`, "kind", "5", "--types", "long"),
	gives(`"String 5"`, "kind", `"5"`, "--types", "String"), gives(`"String x 3"`, "kind", `"x"`, "3", "--types", "String,int"),
	fails(2, "--types", "kind", "5"),
	fails(3, "has no method kind", "kind", "true", "--types", "boolean"),
	fails(1, "podreg: error: com.example.shop.ShopException: out of 库", "declared", `"out of 库"`),
	fails(1, "podreg: error: java.lang.IllegalStateException: boom\n", "undeclared", `"boom"`),
	fails(1, "at com.example.shop.Kinds.undeclared(Kinds.java:", "undeclared", `"boom"`, "-v"),
	fails(7, "java.lang.NumberFormatException: For input string", "whole", `"boom"`), // it was not called
	fails(3, "its methods are anything, attachment, basket, ", "nope"),
	fails(5, "no answer in time", "sleep", "60000", "--timeout", "300ms"),
	gives(`"a=b"`, "attachment", `"zone"`, "--attachment", "zone=a=b"),
	gives("42", "com.example.shop.OrderService.add", "2", "40"),
	gives("42", "com.example.shop.OrderService.add", "--data", "[2,40]"),
	gives(`{"createdAt":0,"quantity":6,"price":0.0,"paid":false,"id":"o-2","class":"com.example.shop.Order","tags":["t"],"attrs":null}`,
		"com.example.shop.OrderService.saveOrder", "--data", `{"id":"o-2","quantity":5,"tags":["t"]}`, "--types-in-result"),
	gives("7", "com.example.shop.StockService.level", `"sku"`), // of a group and a version
	gives("7", "com.example.shop.StockService.level", `"sku"`, "--group", "g1", "--version", "1.0.0"),
	fails(3, "", "com.example.shop.StockService.level", `"sku"`, "--group", "g2"),
	gives("1.25", "com.example.shop.PriceService.price", `"sku"`),
	fails(3, "it exports com.example.shop.KindService", "com.example.shop.NoService.price", `"sku"`),
}

// callAll makes the calls in every way over each protocol.
func callAll(t *testing.T, namespace fixture.Namespace) {
	t.Helper()
	for _, way := range ways {
		for _, protocol := range []string{"dubbo", "tri"} {
			for _, c := range calls {
				t.Run(fmt.Sprint(way, " ", protocol, " ", c.method, c.args), func(t *testing.T) {
					c.make(t, namespace, "--via", way, "--protocol", protocol)
				})
			}
		}
	}
}

func (c call) make(t *testing.T, namespace fixture.Namespace, flags ...string) {
	t.Helper()
	method := c.method
	if !strings.Contains(method, ".") {
		method = "com.example.shop.KindService." + method
	}
	found := invoke(t, namespace, append(append(flags, method), c.args...)...)
	if found.status != c.status {
		t.Fatalf("status %d, wanted %d: %s", found.status, c.status, found.stderr)
	}
	if !strings.Contains(found.stderr, c.says) {
		t.Errorf("it says %q, wanted something with %q", found.stderr, c.says)
	}
	if c.status != 0 {
		mustBe(t, "standard output", found.stdout, "")
		return
	}
	var result bytes.Buffer
	must(t, json.Compact(&result, []byte(found.stdout)))
	mustBe(t, "result", result.String(), c.result)
}

func TestPodregCallsAProviderOnDubbo32(t *testing.T) {
	namespace := newShop(t, both...)
	setup{protocols: both, services: withKinds}.start(t, providerPod, registryURL(t, namespace))
	callAll(t, namespace)
}

func TestPodregCallsAProviderOnDubbo33(t *testing.T) {
	namespace := newShop(t, both...)
	setup33{dubbo: dubbo33, setup: setup{protocols: both, services: withKinds}}.startTold(t, namespace)
	callAll(t, namespace)
}

func TestPodregCallsADubbo33InJSON(t *testing.T) {
	namespace := newShop(t, both...)
	setup33{dubbo: dubbo33, setup: setup{protocols: both, services: withKinds}}.startTold(t, namespace)
	for _, c := range []call{
		gives("42", "com.example.shop.OrderService.add", "2", "40"),
		gives(`"echo:中 😀"`, "com.example.shop.OrderService.echo", `"中 😀"`),
		same("list", `["a","b"]`),
		gives("7", "com.example.shop.StockService.level", `"sku"`),
		gives(`{"createdAt":0,"id":"o-2","paid":false,"price":0.0,"quantity":6}`,
			"com.example.shop.OrderService.saveOrder", `{"id":"o-2","quantity":5}`),
		fails(3, "its methods are", "nope"),
		same("flag", "true"), same("real", "0.1"), same("text", `"中文 😀"`), same("text", "null"),
		same("color", `"RED"`), gives("null", "nothing"), gives("null", "none"),
		fails(1, "podreg: error: Java exception: out of 库\n", "declared", `"out of 库"`),
		fails(1, "podreg: error: Java exception: boom\n", "undeclared", `"boom"`),
		fails(1, "podreg: error: Java exception\n", "undeclared", "null"),
		fails(2, "has several methods kind", "kind", "5"),
		fails(3, "has no method add with 1 argument", "com.example.shop.OrderService.add", "2"),
		fails(7, "Error encoding json", "selfish"),
		fails(5, "no answer in time", "sleep", "60000", "--timeout", "300ms"),
	} {
		t.Run(fmt.Sprint(c.method, c.args), func(t *testing.T) {
			c.make(t, namespace, "--protocol", "tri", "--serialization", "json")
		})
	}
}

// invocation is an item of podreg invoke --all -o json.
type invocation struct {
	Pod    string          `json:"pod"`
	Result json.RawMessage `json:"result"`
	Error  string          `json:"error"`
}

func TestPodregCallsEveryInstanceAndSaysWhichDidNotAnswer(t *testing.T) {
	namespace := newShopOfTwo(t)
	registry := registryURL(t, namespace)
	everything := setup{protocols: both, services: withKinds}
	everything.start(t, providerPod, registry)
	other, _ := everything.start(t, otherPod, registry)
	add := []string{"com.example.shop.OrderService.add", "2", "40", "--all", "-o", "json"}

	found := invoke(t, namespace, add...)
	items := parse[list[invocation]](t, []byte(found.stdout)).Items
	if found.status != 0 || len(items) != 2 {
		t.Fatalf("status %d, %d items: %s", found.status, len(items), found.stderr)
	}
	for i, pod := range []string{providerPod, otherPod} {
		mustBe(t, "pod", items[i].Pod, pod)
		mustBe(t, "result", string(items[i].Result), "42")
	}

	must(t, other.process.Process.Kill())
	must(t, other.wait())
	found = invoke(t, namespace, add...)
	items = parse[list[invocation]](t, []byte(found.stdout)).Items
	if found.status != 5 || len(items) != 2 || items[0].Error != "" || items[1].Error == "" {
		t.Errorf("after one was killed: status %d, %+v, %s", found.status, items, found.stderr)
	}
	found = invoke(t, namespace, "com.example.shop.OrderService.add", "2", "40", "--pod", providerPod)
	mustBe(t, "result of the other", found.stdout, "42\n")
}

// waitForConnection waits until somebody is connected to that port of a process of this namespace.
func waitForConnection(t *testing.T, port int) {
	t.Helper()
	established := regexp.MustCompile(fmt.Sprintf(`(?m)^ *\d+: [0-9A-F]+:%04X [0-9A-F]+:[0-9A-F]{4} 01 `, port))
	for limit := time.Now().Add(patience); time.Now().Before(limit); time.Sleep(10 * time.Millisecond) {
		for _, table := range []string{"/proc/self/net/tcp", "/proc/self/net/tcp6"} {
			sockets, err := os.ReadFile(table)
			must(t, err)
			if established.Match(sockets) {
				return
			}
		}
	}
	t.Fatalf("nobody has connected to port %d", port)
}

// killedDuring is how a call ends when the provider is killed while it is under way.
func killedDuring(t *testing.T, namespace fixture.Namespace, over fixture.Port, args ...string) outcome {
	t.Helper()
	provider, exported := setup{protocols: both, services: withKinds}.start(t, providerPod, registryURL(t, namespace))
	metadata := "@" + writeFile(t, "MetadataInfo.json", string(exported)) // so that nobody else connects
	first := invoke(t, namespace, "com.example.shop.KindService.sleep", "1", "--protocol", over.Name, "--metadata-file", metadata)
	mustBe(t, "the first call", first.stdout+first.stderr, "1\n")
	ended := make(chan outcome)
	go func() {
		defer close(ended)
		ended <- invoke(t, namespace, append(args, "--protocol", over.Name, "--metadata-file", metadata)...)
	}()
	waitForConnection(t, int(over.Number))
	time.Sleep(500 * time.Millisecond)
	must(t, provider.process.Process.Kill())
	must(t, provider.wait())
	return <-ended
}

func TestPodregCallsAProviderThatIsStoppedInTheMiddle(t *testing.T) {
	for way, count := range map[string]int{"direct": 5000, "port-forward": 500} { // the API server takes its time
		for _, over := range both {
			t.Run(way+" "+over.Name, func(t *testing.T) {
				namespace := newShop(t, both...)
				found := killedDuring(t, namespace, over, "com.example.shop.KindService.sleep", "60000",
					"--timeout", "1m", "--via", way)
				if found.status != 5 || !strings.Contains(found.stderr, providerPod) || found.stdout != "" {
					t.Errorf("one call: status %d, %q: %s", found.status, found.stdout, found.stderr)
				}
				found = killedDuring(t, namespace, over, "com.example.shop.KindService.sleep", "5",
					"--count", fmt.Sprint(count), "--concurrency", "3", "--via", way, "-o", "json")
				items := parse[list[load]](t, []byte(found.stdout)).Items
				if found.status != 5 || len(items) != 1 {
					t.Fatalf("many calls: status %d, %+v: %s", found.status, items, found.stderr)
				}
				if l := items[0]; l.Calls != count || l.Failed == 0 || l.Failed == l.Calls || l.LatencyMs.Min < 5 {
					t.Errorf("many calls: %+v", l)
				}
			})
		}
	}
}

// load is an item of podreg invoke --count -o json.
type load struct {
	Calls, Failed  int
	CallsPerSecond float64
	LatencyMs      struct{ Min, Median, P99, Max float64 }
}

func TestPodregCallsManyTimesOverSeveralConnections(t *testing.T) {
	namespace := newShop(t, both...)
	setup{protocols: both, services: withKinds}.start(t, providerPod, registryURL(t, namespace))
	for _, protocol := range []string{"dubbo", "tri"} {
		found := invoke(t, namespace, "com.example.shop.OrderService.add", "2", "40", "--protocol", protocol,
			"--count", "200", "--concurrency", "3", "-o", "json")
		items := parse[list[load]](t, []byte(found.stdout)).Items
		if found.status != 0 || len(items) != 1 || items[0].Calls != 200 || items[0].Failed != 0 {
			t.Fatalf("%s: status %d, %+v: %s", protocol, found.status, items, found.stderr)
		}
		if l := items[0].LatencyMs; l.Min <= 0 || l.Min > l.Median || l.Median > l.P99 || l.P99 > l.Max {
			t.Errorf("%s: latencies are not in order: %+v", protocol, l)
		}
		found = invoke(t, namespace, "com.example.shop.KindService.undeclared", `"boom"`, "--protocol", protocol, "--count", "3")
		if found.status != 1 || !strings.Contains(found.stderr, "3 of 3 calls failed, the first: java.lang.IllegalStateException: boom") {
			t.Errorf("%s: status %d: %s", protocol, found.status, found.stderr)
		}
	}
}
