package cluster

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
)

// setting is an item of `podreg config view -o json`.
type setting struct{ Setting, Value, Source, SHA256 string }

func (r result) settings(t *testing.T) map[string]setting {
	t.Helper()
	settings := map[string]setting{}
	for _, item := range itemsOf[setting](t, r, "SettingList") {
		settings[item.Setting] = item
	}
	return settings
}

// comparable is what kubectl has resolved, in the words of podreg. What is a secret is only there or not.
func (r resolvedByKubectl) comparable() map[string]string {
	values := map[string]string{
		"cluster": r.context.Cluster, "user": r.context.AuthInfo, "namespace": r.context.Namespace,
		"server": address(r.cluster.Server), "tls-server-name": r.cluster.TLSServerName,
		"proxy-url": r.cluster.ProxyURL, "insecure-skip-tls-verify": onlyTrue(r.cluster.InsecureSkipTLSVerify),
		"disable-compression":   onlyTrue(r.cluster.DisableCompression),
		"certificate-authority": digest(r.cluster.CertificateAuthorityData),
		"client-certificate":    digest(r.user.ClientCertificateData),
		"client-key":            masked(string(r.user.ClientKeyData)),
		"token":                 masked(r.user.Token), "password": masked(r.user.Password),
		"username": r.user.Username, "token-file": there(r.user.TokenFile),
		"as": r.user.Impersonate, "as-uid": r.user.ImpersonateUID,
	}
	if r.user.Exec != nil && r.user.Token == "" { // a plugin is not asked beside a token
		values["exec"] = there("exec")
	}
	if strings.HasPrefix(values["server"], "http:") {
		delete(values, "token") // neither program sends it
	}
	if values["namespace"] == "" {
		values["namespace"] = "default"
	}
	return withoutEmpty(values)
}

// address is that of a server, with the scheme that it has when none is written.
func address(server string) string {
	server = strings.TrimRight(server, "/")
	if !strings.Contains(server, "://") {
		server = "http://" + server
	}
	return server
}

// there stands for what kubectl shows as it is written, podreg as it is found.
func there(value string) string {
	if value == "" {
		return ""
	}
	return "there"
}

func onlyTrue(value bool) string {
	if value {
		return "true"
	}
	return ""
}

func digest(data []byte) string {
	if len(data) == 0 {
		return ""
	}
	return fmt.Sprintf("%x", sha256.Sum256(data))
}

func masked(secret string) string {
	if secret == "" {
		return ""
	}
	return "<masked>"
}

func withoutEmpty(values map[string]string) map[string]string {
	maps.DeleteFunc(values, func(_, value string) bool { return value == "" })
	return values
}

// comparableSettings are those of podreg that kubectl has, too.
func comparableSettings(settings map[string]setting) map[string]string {
	values := map[string]string{}
	for name, item := range settings {
		switch name {
		case "kubeconfig", "context", "as-groups", "as-user-extra":
		case "certificate-authority", "client-certificate":
			values[name] = item.SHA256
		case "exec", "token-file":
			values[name] = there(item.Value)
		case "insecure-skip-tls-verify", "disable-compression":
			values[name] = onlyTrue(item.Value == "true")
		default:
			values[name] = item.Value
		}
	}
	return withoutEmpty(values)
}

// `config view` of kubectl looks at no flag but these.
func (c kubeconfigCase) hasFlagsThatKubectlDoesNotShow() bool {
	return slices.ContainsFunc(c.args, func(word string) bool {
		name, _, _ := strings.Cut(word, "=")
		return strings.HasPrefix(word, "-") && name != "--kubeconfig" && name != "--context"
	})
}

// Server, CA, identity and namespace are those of `kubectl config view --minify --flatten --raw`, or neither
// program resolves them. kubectl also shows what it then cannot use: that is podreg's right to refuse.
func TestConfigViewResolvesWhatKubectlResolves(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	for _, c := range kubeconfigCases {
		if c.deviates != nil || c.hasFlagsThatKubectlDoesNotShow() {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := c.in(t, controlPlane(t, who))

			byKubectl := at.run(t, kubectlBinary(), "config", "view", "--minify", "--flatten", "--raw", "-o", "json")
			byPodreg := at.run(t, podregBinary(), "config", "view", "-o", "json")

			if byPodreg.status != 0 {
				refused := byKubectl.status != 0 || at.run(t, kubectlBinary(), "auth", "whoami").status != 0
				if !refused {
					t.Errorf("kubectl accepts it: %s\npodreg does not: %s", byKubectl.stdout, byPodreg.stderr)
				}
				return
			}
			if byKubectl.status != 0 {
				t.Fatalf("kubectl refuses: %s\npodreg does not: %s", byKubectl.stderr, byPodreg.stdout)
			}
			wanted := byKubectl.resolvedByKubectl(t).comparable()
			if got := comparableSettings(byPodreg.settings(t)); !maps.Equal(got, wanted) {
				t.Errorf("kubectl: %v\npodreg:  %v", wanted, got)
			}
		})
	}
}
