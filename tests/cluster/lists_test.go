package cluster

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
)

// The shapes of podreg's JSON, as scripts rely on them.
type (
	instance struct {
		ServiceName string         `json:"serviceName"`
		Namespace   string         `json:"namespace"`
		Host        string         `json:"host"`
		Port        int            `json:"port"`
		Pod         string         `json:"pod"`
		Node        string         `json:"node"`
		Revision    string         `json:"revision"`
		Protocols   []string       `json:"protocols"`
		Metadata    map[string]any `json:"metadata"`
	}
	service struct {
		Name           string            `json:"name"`
		Namespace      string            `json:"namespace"`
		Type           string            `json:"type"`
		Selector       map[string]string `json:"selector"`
		Ports          []servicePort     `json:"ports"`
		ReadyAddresses int               `json:"readyAddresses"`
		Instances      int               `json:"instances"`
		Revisions      []string          `json:"revisions"`
		Protocols      []string          `json:"protocols"`
	}
	servicePort struct {
		Name string `json:"name"`
		Port int    `json:"port"`
	}
	warning struct {
		Code    string `json:"code"`
		Message string `json:"message"`
		Host    string `json:"host"`
		Pod     string `json:"pod"`
	}
	list[Item any] struct {
		APIVersion string    `json:"apiVersion"`
		Kind       string    `json:"kind"`
		Items      []Item    `json:"items"`
		Warnings   []warning `json:"warnings"`
	}
)

// instances reads the result of `podreg instances … -o json`, which must have succeeded.
func (r result) instances(t *testing.T) list[instance] {
	t.Helper()
	r.mustExit(t, 0)
	return parse[instance](t, r, "InstanceList")
}

// services reads the result of `podreg services … -o json`, which must have succeeded.
func (r result) services(t *testing.T) list[service] {
	t.Helper()
	r.mustExit(t, 0)
	return parse[service](t, r, "ServiceList")
}

func parse[Item any](t *testing.T, r result, kind string) list[Item] {
	t.Helper()
	var l list[Item]
	if err := json.Unmarshal([]byte(r.stdout), &l); err != nil {
		t.Fatalf("not JSON: %v\nstdout: %s\nstderr: %s", err, r.stdout, r.stderr)
	}
	if l.APIVersion != "podreg/v1" || l.Kind != kind {
		t.Errorf("apiVersion %q, kind %q; wanted podreg/v1, %s", l.APIVersion, l.Kind, kind)
	}
	if l.Items == nil {
		t.Error("no items, not even an empty list")
	}
	return l
}

// endpoints are "POD HOST:PORT" of every instance, in the order of the list.
func endpoints(l list[instance]) []string {
	found := []string{}
	for _, i := range l.Items {
		found = append(found, fmt.Sprintf("%s %s:%d", i.Pod, i.Host, i.Port))
	}
	return found
}

func mustBe(t *testing.T, found, wanted []string) {
	t.Helper()
	if !slices.Equal(found, wanted) {
		t.Errorf("found  %q\nwanted %q", found, wanted)
	}
}

// about are the warnings with that code, and the host and the pod that they are about.
func (l list[Item]) about(code string) []warning {
	var found []warning
	for _, w := range l.Warnings {
		if w.Code == code {
			found = append(found, w)
		}
	}
	return found
}

// mustWarn checks that exactly one warning has the code, and whom it is about.
func (l list[Item]) mustWarn(t *testing.T, code, host, pod string) warning {
	t.Helper()
	found := l.about(code)
	if len(found) != 1 {
		t.Fatalf("%d warnings %s, wanted 1: %v", len(found), code, l.Warnings)
	}
	if found[0].Host != host || found[0].Pod != pod {
		t.Errorf("%s is about host %q, pod %q; wanted %q, %q", code, found[0].Host, found[0].Pod, host, pod)
	}
	if found[0].Message == "" {
		t.Errorf("%s has no message", code)
	}
	return found[0]
}

func (l list[Item]) mustNotWarn(t *testing.T) {
	t.Helper()
	if len(l.Warnings) != 0 {
		t.Errorf("warnings: %v", l.Warnings)
	}
}
