package state

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"time"
)

// The administrator: allowed everything, by client certificate and by token.
const (
	AdminUser  = "admin"
	AdminGroup = "system:masters"
)

// Credentials are the files that kube-apiserver needs to prove itself and to know others.
type Credentials struct {
	ServerCertFile, ServerKeyFile string
	ClientCAFile                  string
	ServiceAccountKeyFile         string
	TokensFile                    string
}

// EnsureCredentials makes whatever is missing. The server's certificate is for 127.0.0.1 and the
// names inside a cluster, on purpose not for "localhost": a test can reach the server by a name
// that its certificate does not have.
func (d Dir) EnsureCredentials() (Credentials, error) {
	files := Credentials{
		ServerCertFile:        d.file("apiserver.crt"),
		ServerKeyFile:         d.file("apiserver.key"),
		ClientCAFile:          d.ClientCAFile(),
		ServiceAccountKeyFile: d.serviceAccountKey(),
		TokensFile:            d.tokens(),
	}
	ca, err := d.ServerCA()
	if err != nil {
		return files, err
	}
	if _, err := d.ClientCA(); err != nil {
		return files, err
	}
	return files, errors.Join(
		ifMissing(files.ServerCertFile, func() error {
			pair, err := ca.issueServer("127.0.0.1", "kubernetes.default.svc", "kubernetes.default", "kubernetes")
			if err != nil {
				return err
			}
			return writePair(files.ServerCertFile, files.ServerKeyFile, pair)
		}),
		ifMissing(files.ServiceAccountKeyFile, func() error {
			key, err := newKey()
			if err != nil {
				return err
			}
			return writeSecret(files.ServiceAccountKeyFile, mustPEM(key))
		}),
		ifMissing(files.TokensFile, func() error {
			line := fmt.Sprintf("%s,%s,%s,%s\n", rand.Text(), AdminUser, AdminUser, AdminGroup)
			return writeSecret(files.TokensFile, []byte(line))
		}),
	)
}

// AdminToken is the administrator's token.
func (d Dir) AdminToken() (string, error) {
	content, err := os.ReadFile(d.tokens())
	token, _, _ := strings.Cut(string(content), ",")
	return token, err
}

// AdminPair is a new client certificate for the administrator.
func (d Dir) AdminPair() (Pair, error) {
	ca, err := d.ClientCA()
	if err != nil {
		return Pair{}, err
	}
	return ca.IssueClient(AdminUser, []string{AdminGroup}, 365*24*time.Hour)
}

func ifMissing(path string, create func() error) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return create()
}
