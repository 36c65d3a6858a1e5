package main

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"

	"podreg/tests/cluster/state"
)

// claim makes sure that one process only uses a state directory, and records which. The lock, not
// the file, says that it runs: the kernel drops it however the process ends.
func claim(dir state.Dir) (release func(), err error) {
	file, err := os.OpenFile(dir.PID(), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		return nil, fmt.Errorf("another control plane uses %s: %w", dir, err)
	}
	if err := file.Truncate(0); err != nil {
		return nil, err
	}
	if _, err := fmt.Fprintln(file, os.Getpid()); err != nil {
		return nil, err
	}
	return func() {
		_ = os.Remove(dir.PID())
		_ = file.Close()
	}, nil
}
