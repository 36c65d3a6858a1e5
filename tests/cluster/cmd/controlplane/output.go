package main

import (
	"os"

	"golang.org/x/sys/unix"
)

// terminal is what standard output and error were at the start.
type terminal struct{ out, err *os.File }

func keepTerminal() (terminal, error) {
	out, err := duplicate(os.Stdout)
	if err != nil {
		return terminal{}, err
	}
	complaints, err := duplicate(os.Stderr)
	return terminal{out, complaints}, err
}

func duplicate(file *os.File) (*os.File, error) {
	fd, err := unix.FcntlInt(file.Fd(), unix.F_DUPFD_CLOEXEC, 3)
	return os.NewFile(uintptr(fd), file.Name()), err
}

// redirectOutput sends whatever the libraries print, and a panic's trace, to a log file. They write
// to the descriptors themselves, so those are replaced.
func redirectOutput(path string) error {
	log, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer log.Close()
	for _, fd := range []int{unix.Stdout, unix.Stderr} {
		if err := unix.Dup2(int(log.Fd()), fd); err != nil {
			return err
		}
	}
	return nil
}
