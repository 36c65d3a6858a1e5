// Package state describes the state directory of a control plane: which files it has, and how they
// are made. The control plane writes them; tests read them to act as somebody else (sign a client
// certificate, forge an expired token).
package state

import (
	"os"
	"path/filepath"
)

// Dir is the path of a state directory. A control plane that is started again on the same one comes
// back on the same ports, with the same certificates and the same objects.
type Dir string

func (d Dir) Etcd() string            { return d.file("etcd") }
func (d Dir) Log() string             { return d.file("controlplane.log") }
func (d Dir) PID() string             { return d.file("controlplane.pid") }
func (d Dir) AdminKubeconfig() string { return d.file("admin.kubeconfig") }
func (d Dir) TokenKubeconfig() string { return d.file("token.kubeconfig") }

// CertDir is where kube-apiserver may put certificates of its own.
func (d Dir) CertDir() string { return d.file("pki") }

func (d Dir) ports() string  { return d.file("ports.json") }
func (d Dir) tokens() string { return d.file("tokens.csv") }

func (d Dir) file(name string) string { return filepath.Join(string(d), name) }

// Create makes the directory, for its owner only: everything in it is a secret.
func (d Dir) Create() error { return os.MkdirAll(string(d), 0o700) }

// writeSecret replaces a file as a whole, so that a reader never sees half of it.
func writeSecret(path string, content []byte) error {
	draft := path + ".new"
	if err := os.WriteFile(draft, content, 0o600); err != nil {
		return err
	}
	return os.Rename(draft, path)
}
