package peer

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"podreg/tests/cluster/fixture"
)

// side is one of the commands that are compared, and what its runs took.
type side struct {
	name    string
	prints  string // something that a run prints which went well
	command func() *exec.Cmd
	times   []time.Duration
	peaks   []int // KiB
}

// run measures one run. GNU time tells the peak, since a process inherits that of the one that made it.
func (s *side) run(b *testing.B) {
	b.Helper()
	measured := s.command()
	peak := filepath.Join(b.TempDir(), "peak")
	timed := exec.Command("/usr/bin/time", append([]string{"-f", "%M", "-o", peak}, measured.Args...)...)
	timed.Env, timed.Stdin = measured.Env, measured.Stdin
	var stdout, stderr bytes.Buffer
	timed.Stdout, timed.Stderr = &stdout, &stderr
	start := time.Now()
	if err := timed.Run(); err != nil || !strings.Contains(stdout.String(), s.prints) {
		b.Fatalf("%s: %v\n%s%s", s.name, err, stdout.String(), stderr.String())
	}
	s.times = append(s.times, time.Since(start))
	text, err := os.ReadFile(peak)
	must(b, err)
	kibibytes, err := strconv.Atoi(strings.TrimSpace(string(text)))
	must(b, err)
	s.peaks = append(s.peaks, kibibytes)
}

// report prints the medians.
func (s *side) report(b *testing.B) {
	slices.Sort(s.times)
	slices.Sort(s.peaks)
	b.ReportMetric(float64(s.times[len(s.times)/2].Microseconds())/1000, s.name+"-ms")
	b.ReportMetric(float64(s.peaks[len(s.peaks)/2])/1024, s.name+"-MiB")
}

// compare runs all in each round, so that a slow moment of the machine meets all; -benchtime 10x is ten rounds.
func compare(b *testing.B, sides ...*side) {
	b.Helper()
	for b.Loop() {
		for _, s := range sides {
			s.run(b)
		}
	}
	for _, s := range sides {
		s.report(b)
	}
}

// ofPodreg is one that runs podreg in a home of its own.
func ofPodreg(b *testing.B, name, prints string, args ...string) *side {
	home := b.TempDir()
	return &side{name: name, prints: prints, command: func() *exec.Cmd {
		command := exec.Command(settings.podreg, args...)
		command.Env = environment(home)
		return command
	}}
}

// ofJava is one that runs a consumer, with options of its JVM and with what it is to read.
func ofJava(b *testing.B, name, prints string, options []string, stdin, class string, args ...string) *side {
	home := b.TempDir()
	return &side{name: name, prints: prints, command: func() *exec.Cmd {
		command := javaCommand(dubbo32, consumerPod, home, options, class, args...)
		command.Stdin = strings.NewReader(stdin)
		return command
	}}
}

// From the start of the process to the URLs of one application: podreg beside a real consumer, in a JVM as
// it comes and in one tuned for a quick start and little memory.
func BenchmarkFromTheStartToUrls(b *testing.B) {
	namespace := newShop(b, both...)
	registry := registryURL(b, namespace)
	setup{protocols: both, services: all}.start(b, providerPod, registry)
	const prints = "com.example.shop.OrderService"
	question := fmt.Sprintln(registry, "urls", application, "* * * *")

	compare(b, ofPodreg(b, "podreg", prints, "urls", application, "-n", namespace.Name, "-o", "url"),
		ofJava(b, "dubbo", prints, nil, question, "Peer"), ofJava(b, "tuned", prints, quickStart, question, "Peer"))
}

// From the start of the process to the result of a call.
func BenchmarkFromTheStartToACall(b *testing.B) {
	namespace := newShop(b, both...)
	registry := registryURL(b, namespace)
	setup{protocols: both, services: all}.start(b, providerPod, registry)

	compare(b, ofPodreg(b, "call-podreg", "42", "invoke", application, "com.example.shop.OrderService.add", "2", "40", "-n", namespace.Name),
		ofJava(b, "call-dubbo", "42", nil, "", "Caller", registry), ofJava(b, "call-tuned", "42", quickStart, "", "Caller", registry))
}

// A call of Dubbo 3.3 in JSON, beside curl.
func BenchmarkACallInJSON(b *testing.B) {
	namespace := newShop(b, onlyTri...)
	setup33{dubbo: dubbo33, setup: setup{protocols: onlyTri, services: all}}.startTold(b, namespace)
	service := fmt.Sprintf("%s:%d/com.example.shop.OrderService", addressOf(providerPod), fixture.Tri.Number)
	curl := &side{name: "json-curl", prints: "42", command: func() *exec.Cmd {
		return exec.Command("curl", "-sS", "--fail", "--http2-prior-knowledge", "-H", "Content-Type: application/json",
			"-d", "[2,40]", "http://"+service+"/add")
	}}

	compare(b, ofPodreg(b, "json-podreg", "42", "invoke", "tri://"+service, "add", "2", "40", "--serialization", "json"), curl)
}

// One call after the other over one connection: podreg beside a warm JVM.
func BenchmarkCallsPerSecond(b *testing.B) {
	const calls = "20000"
	namespace := newShop(b, both...)
	setup{protocols: both, services: all}.start(b, providerPod, registryURL(b, namespace))
	for _, protocol := range both {
		url := fmt.Sprintf("%s://%s:%d/com.example.shop.OrderService", protocol.Name, addressOf(providerPod), protocol.Number)
		b.Run(protocol.Name, func(b *testing.B) {
			var ours, theirs []float64
			for b.Loop() {
				command := exec.Command(settings.podreg, "invoke", url, "add", "2", "40", "--count", calls, "--concurrency", "1", "-o", "json")
				command.Env = environment(b.TempDir())
				output, err := command.Output()
				must(b, err)
				ours = append(ours, parse[list[load]](b, output).Items[0].CallsPerSecond)
				java := runJava(b, dubbo32, consumerPod, "Caller", url, calls)
				var speed float64
				must(b, java.next("warm", &speed))
				must(b, java.next("perSecond", &speed))
				theirs = append(theirs, speed)
			}
			b.ReportMetric(median(ours), protocol.Name+"-podreg-calls/s")
			b.ReportMetric(median(theirs), protocol.Name+"-java-calls/s")
		})
	}
}

// What a provider answered, decoded over and over: podreg beside the reference implementation.
func BenchmarkDecodingMetadataInfo(b *testing.B) {
	frame, err := filepath.Abs("../golden/dubbo/metadata-3.2.6/both-3svc.dubbo-1.s2c.bin")
	must(b, err)
	seconds := "2"
	var ours, theirs []float64
	for b.Loop() {
		program := filepath.Join(filepath.Dir(settings.podreg), "hessian2_pass")
		output, err := exec.Command(program, frame, seconds).Output()
		must(b, err)
		speed, err := strconv.ParseFloat(strings.TrimSpace(string(output)), 64)
		must(b, err)
		ours = append(ours, speed)
		java := runJava(b, dubbo32, consumerPod, "HessianPass", frame, seconds)
		must(b, java.next("bytesPerSecond", &speed))
		theirs = append(theirs, speed)
	}
	b.ReportMetric(median(ours)/1e6, "podreg-MB/s")
	b.ReportMetric(median(theirs)/1e6, "hessian-lite-MB/s")
}

func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}
