package cluster

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"k8s.io/client-go/tools/clientcmd/api"
)

const proxyPassword = "behind-the-proxy-7"

// apiServerAddress is where the API server listens: "127.0.0.1:PORT".
func apiServerAddress(t *testing.T) string {
	t.Helper()
	ports, err := shared.Dir.Ports()
	must(t, err)
	return strings.TrimPrefix(ports.Server(), "https://")
}

// behindProxy is the administrator's kubeconfig with a proxy-url, empty for none.
func behindProxy(t *testing.T, proxy string) string {
	t.Helper()
	return tokenKubeconfig(t, func(cluster *api.Cluster) { cluster.ProxyURL = proxy })
}

// loginOf is a user and a password that no output may show.
func loginOf(t *testing.T, password string) []string {
	t.Helper()
	user, password := plantLogin(t, "ann", password)
	return []string{user, password}
}

func TestAProxyOfTheKubeconfigIsUsed(t *testing.T) {
	t.Parallel()
	for scheme, start := range map[string]func(*testing.T, ...string) proxyServer{"http": tinyproxy, "socks5": microsocks} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			proxy := start(t)

			podreg(t, behindProxy(t, proxy.url(scheme)), "services", "-vvv").mustExit(t, 0)

			proxy.mustHavePassed(t, apiServerAddress(t))
		})
	}
}

func TestAProxyOfTheCommandLineStandsOverTheKubeconfigs(t *testing.T) {
	t.Parallel()
	for scheme, start := range map[string]func(*testing.T, ...string) proxyServer{"http": tinyproxy, "socks5": microsocks} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			proxy, other := start(t), tinyproxy(t)

			podreg(t, behindProxy(t, other.url("http")), "services", "--proxy-url", proxy.url(scheme)).mustExit(t, 0)

			proxy.mustHavePassed(t, apiServerAddress(t))
			other.mustHavePassed(t, "")
		})
	}
}

func TestAProxyThatKnowsTheUserLetsPodregThrough(t *testing.T) {
	t.Parallel()
	for scheme, start := range map[string]func(*testing.T, ...string) proxyServer{"http": tinyproxy, "socks5": microsocks} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			login := loginOf(t, proxyPassword)
			proxy := start(t, login...)

			podreg(t, behindProxy(t, proxy.url(scheme, login...)), "services", "-vvv").mustExit(t, 0)

			proxy.mustHavePassed(t, apiServerAddress(t))
		})
	}
}

func TestAProxyThatDoesNotKnowTheUserIsNamedWithoutThePassword(t *testing.T) {
	t.Parallel()
	for scheme, start := range map[string]func(*testing.T, ...string) proxyServer{"http": tinyproxy, "socks5": microsocks} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			proxy := start(t, loginOf(t, proxyPassword)...)

			wrong := podreg(t, behindProxy(t, proxy.url(scheme, loginOf(t, "a-wrong-password")...)), "services", "-vvv")
			none := podreg(t, behindProxy(t, proxy.url(scheme)), "services", "-vvv")

			wrong.mustExit(t, 5, "proxy", proxy.address)
			none.mustExit(t, 5, "proxy", proxy.address)
		})
	}
}

func TestAProxyThatIsDownIsNamedWithoutThePassword(t *testing.T) {
	t.Parallel()
	address := fmt.Sprintf("127.0.0.1:%d", freePort(t))
	for _, scheme := range []string{"http", "https", "socks5"} {
		t.Run(scheme, func(t *testing.T) {
			t.Parallel()
			login := loginOf(t, proxyPassword)
			proxy := url.URL{Scheme: scheme, Host: address, User: url.UserPassword(login[0], login[1])}

			podreg(t, behindProxy(t, proxy.String()), "services", "-vvv", "--request-timeout", "10s").mustExit(t, 5, "proxy", address)
			podreg(t, behindProxy(t, ""), "services", "-vvv", "--proxy-url", proxy.String(), "--request-timeout", "10s").
				mustExit(t, 5, "proxy", address)
		})
	}
}

// The API server by a name that only a proxy can resolve.
func byNameOnly(t *testing.T) string {
	t.Helper()
	return tokenKubeconfig(t, func(cluster *api.Cluster) { cluster.Server = "https://kubernetes.default" })
}

func TestAProxyOfTheEnvironmentIsUsedAsKubectlUsesIt(t *testing.T) {
	t.Parallel()
	for name, variable := range map[string]string{"small letters": "https_proxy=", "capitals": "HTTPS_PROXY="} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			login := loginOf(t, proxyPassword)
			forKubectl, forPodreg := resolvingProxy(t, apiServerAddress(t)), resolvingProxy(t, apiServerAddress(t))
			kubeconfig := "KUBECONFIG=" + byNameOnly(t)

			kubectl(t, []string{kubeconfig, variable + forKubectl.url("http", login...)}, "auth", "whoami").mustExit(t, 0)
			run(t, []string{kubeconfig, variable + forPodreg.url("http", login...)}, podregBinary(), "services", "-vvv").mustExit(t, 0)

			forKubectl.mustHavePassed(t, "kubernetes.default:443")
			forPodreg.mustHavePassed(t, "kubernetes.default:443")
		})
	}
}

func TestAServerInNoProxyIsReachedWithoutTheProxyOfTheEnvironment(t *testing.T) {
	t.Parallel()
	for _, list := range []string{"kubernetes.default", ".default", "example.com,.default", "*"} {
		t.Run(list, func(t *testing.T) {
			t.Parallel()
			proxy := resolvingProxy(t, apiServerAddress(t))
			env := []string{"KUBECONFIG=" + byNameOnly(t), "HTTPS_PROXY=" + proxy.url("http"), "NO_PROXY=" + list}

			byKubectl := kubectl(t, env, "auth", "whoami")
			byPodreg := run(t, env, podregBinary(), "services", "--request-timeout", "5s")

			proxy.mustHavePassed(t, "")
			if byKubectl.status == 0 {
				t.Errorf("kubectl has reached it: %s", byKubectl.stdout)
			}
			byPodreg.mustExit(t, 5, "kubernetes.default")
		})
	}
}

func TestAServerThatNoProxyDoesNotNameIsReachedByTheProxy(t *testing.T) {
	t.Parallel()
	proxy := resolvingProxy(t, apiServerAddress(t))
	env := []string{"KUBECONFIG=" + byNameOnly(t), "HTTPS_PROXY=" + proxy.url("http"), "NO_PROXY=example.com,127.0.0.1,default"}
	wanted := kubectl(t, env, "auth", "whoami").status

	got := run(t, env, podregBinary(), "services", "--request-timeout", "5s")

	if (got.status == 0) != (wanted == 0) {
		t.Errorf("kubectl ends with %d, podreg with %d: %s", wanted, got.status, got.stderr)
	}
}

func TestTheEnvironmentsProxyIsNotForThisMachine(t *testing.T) {
	t.Parallel()
	proxy := tinyproxy(t)
	env := []string{"KUBECONFIG=" + behindProxy(t, ""), "HTTPS_PROXY=" + proxy.url("http"), "https_proxy=" + proxy.url("http")}

	kubectl(t, env, "auth", "whoami").mustExit(t, 0)
	run(t, env, podregBinary(), "services").mustExit(t, 0)

	proxy.mustHavePassed(t, "")
}

func TestTheKubeconfigsProxyServesWhateverTheEnvironmentSays(t *testing.T) {
	t.Parallel()
	proxy, other := resolvingProxy(t, apiServerAddress(t)), tinyproxy(t)
	kubeconfig := tokenKubeconfig(t, func(cluster *api.Cluster) {
		cluster.Server, cluster.ProxyURL = "https://kubernetes.default", proxy.url("http")
	})
	env := []string{"KUBECONFIG=" + kubeconfig, "HTTPS_PROXY=" + other.url("http"), "NO_PROXY=*"}

	kubectl(t, env, "auth", "whoami").mustExit(t, 0)
	run(t, env, podregBinary(), "services").mustExit(t, 0)

	proxy.mustHavePassed(t, "kubernetes.default:443")
	other.mustHavePassed(t, "")
}

func TestAClientCertificatePassesAProxyUntouched(t *testing.T) {
	t.Parallel()
	proxy := tinyproxy(t)
	kubeconfig := kubeconfigOf(t, newNamespace(t), certificateOf(t, "alice"), func(config *api.Config) {
		for _, cluster := range config.Clusters {
			cluster.ProxyURL = proxy.url("http")
		}
	})

	checked := podreg(t, kubeconfig, "config", "check", "-o", "json")

	if user := checked.whoamiOfPodreg(t); user != "alice" {
		t.Errorf("it is %q: %s", user, checked.stderr)
	}
	proxy.mustHavePassed(t, apiServerAddress(t))
}
