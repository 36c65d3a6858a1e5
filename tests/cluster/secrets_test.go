package cluster

import (
	"encoding/base64"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// planted are the secrets of all tests so far, in pieces that no run of podreg may show: not on standard
// output, not on standard error, whatever -v. Every run is checked, in process.wait.
var planted struct {
	mutex  sync.Mutex
	pieces map[string]bool
}

const (
	shortestSecret = 8 // a shorter one could stand in a text by chance
	piece          = 24
)

// plant records a token, a password or a private key (EC, in PEM), and returns it. What a run is given in a
// kubeconfig or by a flag is planted already; this is for everything else, what a server or a plugin
// answers, and for kubeconfigs that cannot be read.
func plant(t *testing.T, secret string) string {
	t.Helper()
	if len(secret) < shortestSecret {
		t.Fatalf("%q is too short for a secret that is to be found in an output", secret)
	}
	remember(secret)
	return secret
}

// plantLogin records a password, and the header that it makes together with its user.
func plantLogin(t *testing.T, user, password string) (string, string) {
	t.Helper()
	plant(t, password)
	remember(base64.StdEncoding.EncodeToString([]byte(user + ":" + password)))
	return user, password
}

func remember(secret string) {
	if len(secret) < shortestSecret {
		return
	}
	planted.mutex.Lock()
	defer planted.mutex.Unlock()
	if planted.pieces == nil {
		planted.pieces = map[string]bool{}
	}
	forms := []string{}
	if header, key, found := strings.Cut(secret, "-----\n"); found {
		// The number that is secret; behind it an EC key has the public one, which a certificate shows.
		number, _, _ := strings.Cut(key, "\n")
		forms = append(forms, number, base64.StdEncoding.EncodeToString([]byte(header+"-----\n"+number)))
	} else {
		encoded := base64.StdEncoding.EncodeToString([]byte(secret))
		forms = append(forms, secret, encoded, url.QueryEscape(secret), url.PathEscape(secret))
	}
	for _, form := range forms {
		for _, part := range piecesOf(form) {
			planted.pieces[part] = true
		}
	}
}

// piecesOf cuts a long text, so that a part of it is found as well.
func piecesOf(text string) []string {
	if len(text) < 2*piece {
		return []string{text}
	}
	parts := []string{}
	for chunk := range slices.Chunk([]byte(text), piece) {
		if len(chunk) == piece {
			parts = append(parts, string(chunk))
		}
	}
	return parts
}

// plantGiven records the secrets that a run gets: of its kubeconfigs, and of its flags.
func plantGiven(env, argv []string) {
	for _, variable := range env {
		if list, found := strings.CutPrefix(variable, "KUBECONFIG="); found {
			for _, file := range filepath.SplitList(list) {
				plantKubeconfig(file)
			}
		}
	}
	for i, flag := range argv[:len(argv)-1] {
		switch value := argv[i+1]; flag {
		case "--kubeconfig":
			plantKubeconfig(value)
		case "--token", "--password":
			remember(value)
		case "--token-file", "--client-key":
			plantFile(value)
		}
	}
}

func plantKubeconfig(file string) {
	config, err := clientcmd.LoadFromFile(file)
	if err != nil {
		return
	}
	for _, user := range config.AuthInfos {
		plantUser(user)
	}
	for _, cluster := range config.Clusters {
		if proxy, err := url.Parse(cluster.ProxyURL); err == nil {
			password, _ := proxy.User.Password()
			remember(password)
		}
	}
}

func plantUser(user *api.AuthInfo) {
	remember(user.Token)
	remember(string(user.ClientKeyData))
	if user.Password != "" {
		remember(user.Password)
		remember(base64.StdEncoding.EncodeToString([]byte(user.Username + ":" + user.Password)))
	}
	for _, file := range []string{user.TokenFile, user.ClientKey} {
		if file != "" && !filepath.IsAbs(file) {
			file = filepath.Join(filepath.Dir(user.LocationOfOrigin), file)
		}
		plantFile(file)
	}
}

func plantFile(file string) {
	if content, err := os.ReadFile(file); err == nil {
		remember(strings.TrimSpace(string(content)))
	}
}

// mustKeepSecrets fails the test when podreg has shown a secret.
func mustKeepSecrets(t *testing.T, argv []string, ran result) {
	t.Helper()
	if !slices.Contains(argv, os.Getenv("PODREG")) {
		return
	}
	if shown := secretsIn(ran.stdout + ran.stderr); len(shown) != 0 {
		t.Errorf("%.300q shows %d pieces of secrets, such as %.3s…\nstdout: %s\nstderr: %s",
			argv, len(shown), shown[0], ran.stdout, ran.stderr)
	}
}

func secretsIn(text string) []string {
	planted.mutex.Lock()
	defer planted.mutex.Unlock()
	shown := []string{}
	for part := range planted.pieces {
		if strings.Contains(text, part) {
			shown = append(shown, part)
		}
	}
	return shown
}

func TestASecretIsFoundInWhateverFormItIsShown(t *testing.T) {
	password := plant(t, "p/ss=word that nobody guesses")
	user, login := plantLogin(t, "ann", "another-password-of-ann")
	pair := certificateOf(t, "ann").Pair
	key := plant(t, string(pair.Key))
	lines := strings.Split(key, "\n")

	for _, text := range []string{
		"the password is " + password,
		"http://ann:" + url.PathEscape(password) + "@proxy",
		"Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(user+":"+login)),
		"client-key-data: " + base64.StdEncoding.EncodeToString([]byte(key))[60:120],
		lines[1],
	} {
		if len(secretsIn(text)) == 0 {
			t.Errorf("no secret is found in: %s", text)
		}
	}
	for _, text := range []string{string(pair.Certificate), "Authorization: <masked>", lines[0]} {
		if shown := secretsIn(text); len(shown) != 0 {
			t.Errorf("%q is found in: %s", shown, text)
		}
	}
}
