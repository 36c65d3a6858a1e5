package peer

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// patience is for Java to start, and for Dubbo to notice a change, on a machine that is busy.
const patience = time.Minute

// java is a program of this folder that runs. It tells what happens in lines of JSON.
type java struct {
	class   string
	process *exec.Cmd
	home    string // the user's home, where Dubbo keeps caches; Java extracts its libraries there, too
	stdin   io.Closer
	lines   chan string   // closed when nothing more comes
	ended   chan struct{} // closed when the process is gone
	unasked []message     // told, and not asked for yet
}

// message is a line that it tells: of a JSON object, the fields.
type message = map[string]json.RawMessage

// release is one of Dubbo that the programs run on.
type release int

const (
	dubbo32      release = iota // with its Kubernetes registry
	dubbo33                     // without, as it is published
	dubbo33Plain                // without protobuf: it has no MetadataServiceV2 then
)

// classPath is that of the programs, and of all that they need.
func (r release) classPath() string {
	folder := filepath.Join(settings.build, [...]string{"3.2", "3.3", "3.3"}[r])
	path := []string{filepath.Join(folder, "target", "classes")}
	jars, _ := filepath.Glob(filepath.Join(folder, "lib", "*.jar")) // the pattern is well formed
	for _, jar := range jars {
		if r != dubbo33Plain || !strings.HasPrefix(filepath.Base(jar), "protobuf-") {
			path = append(path, jar)
		}
	}
	return strings.Join(path, ":")
}

// startJava starts one as if in the pod.
func startJava(dubbo release, pod, class string, args ...string) (j *java, stdin io.Writer, err error) {
	home, err := os.MkdirTemp("", "podreg-java.")
	if err != nil {
		return nil, nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, os.RemoveAll(home))
		}
	}()
	log, err := os.Create(logIn(home))
	if err != nil {
		return nil, nil, err
	}
	defer log.Close()
	process := javaCommand(dubbo, pod, home, quickStart, class, args...)
	process.Stderr = log
	input, err := process.StdinPipe()
	if err != nil {
		return nil, nil, err
	}
	output, err := process.StdoutPipe()
	if err != nil {
		return nil, nil, err
	}
	if err := process.Start(); err != nil {
		return nil, nil, err
	}
	j = &java{
		class: class, process: process, home: home, stdin: input,
		lines: make(chan string, 100), ended: make(chan struct{}),
	}
	go j.read(output)
	return j, input, nil
}

// quickStart tunes a JVM for it, and for little memory.
var quickStart = []string{"-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"}

// javaCommand is the command that runs the class, in that home and with those options of the JVM.
func javaCommand(dubbo release, pod, home string, options []string, class string, args ...string) *exec.Cmd {
	command := exec.Command("java", slices.Concat(options, []string{
		"--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.base/java.math=ALL-UNNAMED",
		"-Duser.home=" + home, "-Djava.io.tmpdir=" + home,
		"-cp", dubbo.classPath(), "com.example.shop." + class,
	}, args)...)
	command.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "KUBECONFIG=" + kubeconfig(), "HOSTNAME=" + pod,
		"SHOP_APPLICATION=" + pod[:strings.LastIndex(pod, "-")],
		"DUBBO_IP_TO_BIND=" + addressOf(pod), "DUBBO_IP_TO_REGISTRY=" + addressOf(pod),
	}
	return command
}

func (j *java) read(output io.Reader) {
	defer close(j.ended)
	for lines := bufio.NewScanner(output); lines.Scan(); {
		j.lines <- lines.Text()
	}
	close(j.lines)
	_ = j.process.Wait() // how it ended says nothing: most are ended by us
}

// runJava is startJava for one test, which shows the program's log when it fails.
func runJava(t testing.TB, dubbo release, pod, class string, args ...string) *java {
	t.Helper()
	j, _, err := startJava(dubbo, pod, class, args...)
	must(t, err)
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(j.log())
		}
		must(t, j.end())
	})
	return j
}

// next waits for a message with the key, and reads its value. Others stay for whoever asks for them.
func (j *java) next(key string, value any) error {
	limit := time.After(patience)
	for i := 0; ; i++ {
		if i == len(j.unasked) {
			if err := j.listen(limit); err != nil {
				return fmt.Errorf("waiting for %q: %w", key, err)
			}
		}
		if text, found := j.unasked[i][key]; found {
			j.unasked = slices.Delete(j.unasked, i, i+1)
			return json.Unmarshal(text, value)
		}
	}
}

// listen waits for one more message.
func (j *java) listen(limit <-chan time.Time) error {
	select {
	case line, more := <-j.lines:
		if !more {
			return fmt.Errorf("%s has ended", j.class)
		}
		var told message
		if err := json.Unmarshal([]byte(line), &told); err != nil {
			return fmt.Errorf("%s said %q: %w", j.class, line, err)
		}
		j.unasked = append(j.unasked, told)
		return nil
	case <-limit:
		return fmt.Errorf("%s said nothing of it for %v", j.class, patience)
	}
}

// terminate ends it as Kubernetes does, so that it can unregister.
func (j *java) terminate() error {
	if err := j.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	return j.wait()
}

// end ends it at once, unless it has ended before, and removes what it left.
func (j *java) end() error {
	_ = j.stdin.Close() // closed already when it has ended
	err := j.wait()
	if err != nil {
		err = errors.Join(err, j.process.Process.Kill(), j.wait())
	}
	return errors.Join(err, os.RemoveAll(j.home))
}

func (j *java) wait() error {
	limit := time.After(patience)
	for lines := j.lines; ; {
		select {
		case _, more := <-lines:
			if !more {
				lines = nil
			}
		case <-j.ended:
			return nil
		case <-limit:
			return fmt.Errorf("%s has not ended within %v", j.class, patience)
		}
	}
}

// log is the end of what it has logged.
func (j *java) log() string {
	text, err := os.ReadFile(logIn(j.home))
	if err != nil {
		return err.Error()
	}
	const most = 20000
	return fmt.Sprintf("log of %s:\n%s", j.class, text[max(0, len(text)-most):])
}

func logIn(home string) string { return filepath.Join(home, "log") }
