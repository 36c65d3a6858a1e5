package peer

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"
)

// messages is how many random ones each side writes; together they have some 10,000 values at the top.
const messages = 4000

// hessianFiles are the messages that one side wrote, and what each side prints of them.
type hessianFiles struct{ messages, ours, javas string }

func newHessianFiles(t *testing.T) hessianFiles {
	t.Helper()
	dir := t.TempDir()
	return hessianFiles{filepath.Join(dir, "messages"), filepath.Join(dir, "ours"), filepath.Join(dir, "javas")}
}

// hessianSeed is another one every day, and in PODREG_SEED for trying again what failed.
func hessianSeed(t *testing.T) int {
	t.Helper()
	if text := os.Getenv("PODREG_SEED"); text != "" {
		seed, err := strconv.Atoi(text)
		must(t, err)
		return seed
	}
	return int(time.Now().Unix()/86400) * messages
}

// hessian runs the reference implementation.
func hessian(t *testing.T, args ...string) {
	t.Helper()
	var count int
	must(t, runJava(t, dubbo32, consumerPod, "Hessian", args...).next("messages", &count))
	if count != messages {
		t.Fatalf("%d messages, wanted %d", count, messages)
	}
}

// hessian2Peer runs podreg's.
func hessian2Peer(t *testing.T, args ...string) {
	t.Helper()
	program := filepath.Join(filepath.Dir(settings.podreg), "hessian2_peer")
	if output, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput(); err != nil {
		t.Fatalf("hessian2_peer %q: %v: %s", args, err, output)
	}
}

// mustAgree compares the texts, line by line; the first line is of the message with that seed.
func (f hessianFiles) mustAgree(t *testing.T, seed int) {
	t.Helper()
	ours, err := os.ReadFile(f.ours)
	must(t, err)
	javas, err := os.ReadFile(f.javas)
	must(t, err)
	found, wanted := bytes.Split(ours, []byte("\n")), bytes.Split(javas, []byte("\n"))
	if len(found) != messages+1 || len(wanted) != messages+1 {
		t.Fatalf("%d and %d lines of text, wanted %d", len(found)-1, len(wanted)-1, messages)
	}
	for i := range wanted {
		if !bytes.Equal(found[i], wanted[i]) {
			t.Fatalf("message of seed %d (again: PODREG_SEED=%d):\n%s", seed+i, seed+i, firstDifference(found[i], wanted[i]))
		}
	}
}

// firstDifference shows both where they begin to differ.
func firstDifference(ours, javas []byte) string {
	at := 0
	for at < min(len(ours), len(javas)) && ours[at] == javas[at] {
		at++
	}
	near := func(text []byte) []byte { return text[max(0, at-60):min(len(text), at+60)] }
	return fmt.Sprintf("at byte %d\npodreg …%s…\nJava   …%s…", at, near(ours), near(javas))
}

func TestPodregReadsWhatTheReferenceImplementationOfHessian2Writes(t *testing.T) {
	files, seed := newHessianFiles(t), hessianSeed(t)
	hessian(t, "write", strconv.Itoa(seed), strconv.Itoa(messages), files.messages, files.javas)
	hessian2Peer(t, "read", files.messages, files.ours)
	files.mustAgree(t, seed)
}

func TestTheReferenceImplementationOfHessian2ReadsWhatPodregWrites(t *testing.T) {
	files, seed := newHessianFiles(t), hessianSeed(t)
	hessian2Peer(t, "write", strconv.Itoa(seed), strconv.Itoa(messages), files.messages, files.ours)
	hessian(t, "read", files.messages, files.javas)
	files.mustAgree(t, seed)
}
