// Package server runs the control plane as a process of its own, so that a test can do to it what
// happens to API servers: stop it, kill it, let it hang, and bring it back.
package server

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"

	"podreg/tests/cluster/state"
)

// Server is a control plane on a state directory. It is running unless it was stopped or killed.
type Server struct {
	Dir     state.Dir
	binary  string
	process *exec.Cmd
	stdin   io.Closer // its end tells the control plane that this process is gone
}

// Binary is the control plane that tests/cluster/run has built.
func Binary() (string, error) {
	dir := os.Getenv("PODREG_CLUSTER_BIN")
	if dir == "" {
		return "", errors.New("PODREG_CLUSTER_BIN is not set; use tests/cluster/run test")
	}
	return filepath.Join(dir, "controlplane"), nil
}

// Start returns when the control plane can be used.
func Start(binary string, dir state.Dir) (*Server, error) {
	s := &Server{Dir: dir, binary: binary}
	return s, s.Restart()
}

// Restart brings a stopped or killed one back, with the same ports and objects.
func (s *Server) Restart() error {
	process := exec.Command(s.binary, "-dir", string(s.Dir), "-exit-with-stdin")
	process.Stderr = os.Stderr
	stdin, err := process.StdinPipe()
	if err != nil {
		return err
	}
	stdout, err := process.StdoutPipe()
	if err != nil {
		return err
	}
	if err := process.Start(); err != nil {
		return err
	}
	s.process, s.stdin = process, stdin
	if err := waitUntilReady(stdout, time.Minute); err != nil {
		return errors.Join(err, s.Kill())
	}
	return nil
}

func waitUntilReady(stdout io.Reader, limit time.Duration) error {
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(stdout).ReadString('\n')
		line <- text
	}()
	select {
	case text := <-line:
		if text != "ready\n" {
			return fmt.Errorf("the control plane said %q, not that it is ready", text)
		}
		return nil
	case <-time.After(limit):
		return fmt.Errorf("the control plane is not ready after %v", limit)
	}
}

// Stop ends it in order.
func (s *Server) Stop() error { return s.end(syscall.SIGTERM) }

// Kill ends it at once, as a crash would.
func (s *Server) Kill() error { return s.end(syscall.SIGKILL) }

func (s *Server) end(signal syscall.Signal) error {
	if s.process == nil {
		return nil
	}
	process := s.process
	s.process = nil
	defer s.stdin.Close()
	if err := process.Process.Signal(signal); err != nil {
		return err
	}
	err := process.Wait()
	if killed := (*exec.ExitError)(nil); errors.As(err, &killed) && signal == syscall.SIGKILL {
		return nil
	}
	return err
}

// Pause lets it hang: connections are still accepted, by the kernel, and never answered.
func (s *Server) Pause() error { return s.process.Process.Signal(syscall.SIGSTOP) }

// Resume ends a Pause.
func (s *Server) Resume() error { return s.process.Process.Signal(syscall.SIGCONT) }
