package cluster

import (
	"slices"
	"sync/atomic"
	"testing"
)

var kubeconfigCases = slices.Concat(mergingCases, credentialCases, pluginCases, serverCases, flagCases, shapeCases)

// What arrives at a server from podreg is what arrives there from kubectl, or nothing arrives from either.
func TestAServerIsAskedAsKubectlWouldAskIt(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	var askedByBoth atomic.Int32
	t.Cleanup(func() {
		if asked := askedByBoth.Load(); asked < 80 {
			t.Errorf("only %d of the kubeconfigs led to a server: the cases have a fault", asked)
		}
	})
	for _, c := range kubeconfigCases {
		if c.offline || c.deviates != nil {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := newObserver(t)
			at := c.in(t, world{server.URL, "example.com", server.CA, who})

			byKubectl := at.run(t, kubectlBinary(), "auth", "can-i", "--list")
			wanted := server.noted()
			byPodreg := at.run(t, podregBinary(), "services", "-vvv")
			got := server.noted()

			if got == wanted && wanted != "" {
				askedByBoth.Add(1)
			}
			if got != wanted {
				t.Errorf("kubectl asked:\n%s\nand said: %s\npodreg asked:\n%s\nand said: %s",
					wanted, byKubectl.stderr, got, byPodreg.stderr)
			}
			if byKubectl.status == 0 && byPodreg.status != 0 {
				t.Errorf("kubectl is content, podreg is not: %s", byPodreg.stderr)
			}
		})
	}
}

// The API server knows whoever comes with podreg as whoever comes with kubectl, or neither gets in.
func TestTheSameUserSignsInAsWithKubectl(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	for _, c := range kubeconfigCases {
		if c.offline || c.deviates != nil {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := c.in(t, controlPlane(t, who))

			byKubectl := at.run(t, kubectlBinary(), "auth", "whoami", "-o", "json")
			byPodreg := at.run(t, podregBinary(), "config", "check", "-o", "json", "-vvv")

			if wanted, got := byKubectl.whoami(t), byPodreg.whoamiOfPodreg(t); got != wanted {
				t.Errorf("to kubectl it is %q: %s\nto podreg it is %q: %s", wanted, byKubectl.stderr, got, byPodreg.stderr)
			}
		})
	}
}

// Where podreg does otherwise on purpose, it does exactly what is said, and so does kubectl.
func TestDeviationsFromKubectlAreAsListed(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	for _, c := range kubeconfigCases {
		if c.deviates == nil {
			continue
		}
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server, d := newObserver(t), *c.deviates
			at := c.in(t, world{server.URL, "example.com", server.CA, who})

			byKubectl := at.run(t, kubectlBinary(), "auth", "can-i", "--list")
			if asked := server.noted() != ""; asked != (d.kubectl == "") {
				t.Errorf("kubectl asked: %v\n%s", asked, byKubectl.stderr)
			}
			mustContain(t, byKubectl.stderr, d.kubectl)

			at.run(t, podregBinary(), "services", "-vvv").mustExit(t, d.status, d.podreg)
			asked := server.noted()
			if (asked != "") != (d.podreg == "") {
				t.Errorf("podreg asked: %s", asked)
			}
			mustContain(t, asked, fillAll(at.fill, d.asks)...)
		})
	}
}
