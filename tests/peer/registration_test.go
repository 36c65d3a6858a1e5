package peer

import (
	"testing"
)

// registrations are complete, so that there is nothing to add, and hard to write as Dubbo does.
func registrations(t *testing.T) map[string]string {
	t.Helper()
	plain := observe(t, "both-order+stock+price").annotation
	const standard = `"dubbo.metadata.revision":"108cc42e4db86ed1d09ddfe310f4fc24","timestamp":"1795490503081",` +
		`"dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"}]",` +
		`"dubbo.metadata-service.url-params":"{\"version\":\"1.0.0\",\"port\":\"20880\",\"protocol\":\"dubbo\"}"`
	return map[string]string{
		"of a provider":              plain,
		"with keys in another order": `{` + standard + `}`,
		"with parameters of its own": `{"zone":"a","env":"prod","dubbo.tag":"canary",` + standard +
			`,"weight":"100","A":"","B":"2","dubbo.metadata.cluster":"east"}`,
		"with text of every kind": `{` + standard + `,"text":"测试 é \u00e9 \ud83d\ude80 <a href='x'>&amp;</a> \"quoted\" \\ / ` +
			`\b\f\n\r\t \u0000\u0001\u001f\u007f\u0085\u00a0\u2028\u2029\ufeff"}`,
	}
}

// Dubbo registers one pod, and podreg another.
func TestPodregWritesMetadataByteForByteAsDubboDoes(t *testing.T) {
	namespace := newShopOfTwo(t)
	for name, metadata := range registrations(t) {
		t.Run(name, func(t *testing.T) {
			dubbo.register(t, namespace, metadata)
			podreg(t, namespace, "register", otherPod, "--metadata", "@"+writeFile(t, "metadata.json", metadata))

			mustBe(t, "annotation", untimed(annotation(t, namespace, otherPod)), untimed(annotation(t, namespace, providerPod)))
		})
	}
}

func TestDubboReadsWhatPodregRegisters(t *testing.T) {
	namespace := newShopOfTwo(t)
	for name, metadata := range registrations(t) {
		t.Run(name, func(t *testing.T) {
			wanted := parse[map[string]string](t, []byte(metadata))
			for _, pod := range []string{providerPod, otherPod} {
				podreg(t, namespace, "register", pod, "--metadata", "@"+writeFile(t, "metadata.json", metadata))
			}

			seen := look(t, namespace)

			seen.mustAgree(t)
			if len(seen.dubbo) != 4 {
				t.Errorf("%d instances, wanted two on each of two ports", len(seen.dubbo))
			}
			for _, i := range seen.dubbo {
				if key := differing(i.Metadata, wanted); key != "" {
					t.Errorf("%q was registered as %q; Dubbo reads %q", key, wanted[key], i.Metadata[key])
				}
			}
		})
	}
}

// differing is a key of the wanted metadata that has another value, or none; empty when there is none.
func differing(found, wanted map[string]string) string {
	for key, value := range wanted {
		if text, has := found[key]; key != "timestamp" && (!has || text != value) {
			return key
		}
	}
	return ""
}

func TestPodregRegistersAProviderAsItDoesItself(t *testing.T) {
	observeAll(t, func(t *testing.T, name string, seen observation) {
		if setups[name].serialization != "" {
			t.Skip("podreg writes the serializations that a provider has by default; others are told with --set")
		}
		namespace := newShop(t, setups[name].protocols...)

		podreg(t, namespace, registerAsItself(t, name, seen)...)

		mustBe(t, "annotation", untimed(annotation(t, namespace, providerPod)), untimed(seen.annotation))
	})
}

func TestPodregComputesTheRevisionThatTheProviderHas(t *testing.T) {
	observeAll(t, func(t *testing.T, name string, seen observation) {
		namespace := newShop(t, setups[name].protocols...)

		planned := podregOnPod(t, namespace, append(registerAsItself(t, name, seen), "--dry-run", "client")...)

		const key = "dubbo.metadata.revision"
		mustBe(t, key, planned.Metadata[key], parse[map[string]string](t, []byte(seen.annotation))[key])
		mustBe(t, "annotation after a dry run", annotation(t, namespace, providerPod), "")
	})
}

// registerAsItself is the command line that registers what the provider exports.
func registerAsItself(t *testing.T, name string, seen observation) []string {
	t.Helper()
	services := writeFile(t, "MetadataInfo.json", string(seen.metadataInfo))
	return append([]string{"register", providerPod, "--services", "@" + services}, setups[name].endpointFlags()...)
}

func TestPodregUnregistersWhatDubboRegistered(t *testing.T) {
	namespace := newShop(t, both...)
	dubbo.register(t, namespace, observe(t, "both-order").annotation)

	done := podregOnPod(t, namespace, "unregister", providerPod)

	mustBe(t, "action", done.Action, "unregistered")
	mustBe(t, "annotation", annotation(t, namespace, providerPod), "")
	mustBeInstances(t, dubbo.instances(t, namespace, application), nil)
}

func TestDubboUnregistersWhatPodregRegistered(t *testing.T) {
	namespace := newShop(t, both...)
	podreg(t, namespace, registerAsItself(t, "both-order", observe(t, "both-order"))...)

	dubbo.ask(t, namespace, "unregister")

	mustBe(t, "annotation", annotation(t, namespace, providerPod), "")
	mustBeInstances(t, podregInstances(t, namespace, application).Items, nil)
}
