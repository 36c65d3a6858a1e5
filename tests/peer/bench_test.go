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
)

// side is one of the commands that are compared, and what its runs took.
type side struct {
	name    string
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
	if err := timed.Run(); err != nil || !strings.Contains(stdout.String(), "com.example.shop.OrderService") {
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

// From the start of the process to the URLs of one application: podreg beside a real consumer, in a JVM as
// it comes and in one tuned for a quick start and little memory. Each round runs all, so that a slow moment
// of the machine meets all; -benchtime 10x is ten rounds.
func BenchmarkFromTheStartToUrls(b *testing.B) {
	namespace := newShop(b, both...)
	registry := registryURL(b, namespace)
	setup{protocols: both, services: all}.start(b, providerPod, registry)
	home := b.TempDir()
	ours := side{name: "podreg", command: func() *exec.Cmd {
		command := exec.Command(settings.podreg, "urls", application, "-n", namespace.Name, "-o", "url")
		command.Env = []string{"KUBECONFIG=" + kubeconfig(), "HOME=" + home}
		return command
	}}
	consumer := func(name string, options ...string) *side {
		return &side{name: name, command: func() *exec.Cmd {
			command := javaCommand(dubbo32, consumerPod, home, options, "Peer")
			command.Stdin = strings.NewReader(fmt.Sprintln(registry, "urls", application, "* * * *"))
			return command
		}}
	}
	sides := []*side{&ours, consumer("dubbo"), consumer("tuned", quickStart...)}

	for b.Loop() {
		for _, s := range sides {
			s.run(b)
		}
	}

	for _, s := range sides {
		s.report(b)
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
	slices.Sort(ours)
	slices.Sort(theirs)
	b.ReportMetric(ours[len(ours)/2]/1e6, "podreg-MB/s")
	b.ReportMetric(theirs[len(theirs)/2]/1e6, "hessian-lite-MB/s")
}
