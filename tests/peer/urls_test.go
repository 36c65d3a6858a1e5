package peer

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"podreg/tests/cluster/fixture"
)

// serviceURL is what Dubbo and podreg both say of a URL, apart from the pod, which only podreg knows.
type serviceURL struct {
	Protocol  string `json:"protocol"`
	Host      string `json:"host"`
	Port      int    `json:"port"`
	Path      string `json:"path"`
	Interface string `json:"interface"`
	Version   string `json:"version"`
	Group     string `json:"group"`
	Pod       string `json:"pod"`
}

// subscription is what a consumer wants: "*" is everything, and an empty text what has none.
type subscription struct{ service, version, group, protocol string }

const stockService = "com.example.shop.StockService"

var everything = subscription{"*", "*", "*", "*"}

// subscriptions are of every kind that Dubbo tells apart.
var subscriptions = []subscription{
	everything,
	{"com.example.shop.OrderService", "", "", ""},
	{"com.example.shop.PriceService", "2.0.0", "", "tri"},
	{"com.example.shop.PriceService", "1.0.0", "", ""},
	{stockService, "", "", ""},
	{stockService, "1.0.0", "g1", "dubbo"},
	{stockService, "*", "*", "*"},
	{stockService, "0.9.0,1.0.0", "g0,g1", "dubbo,tri"},
	{stockService, "1.0.0,", ",g2", ""},
	{stockService, "*,2.0.0", "*", ""},
	{"com.example.shop.NoService", "*", "*", "*"},
}

// urlView is what Dubbo and podreg (by way) make of the same registrations at the same time.
type urlView struct {
	dubbo  []serviceURL
	podreg map[string]list[serviceURL]
}

func lookForURLs(t *testing.T, namespace fixture.Namespace, wanted []subscription) map[subscription]urlView {
	t.Helper()
	views := map[subscription]urlView{}
	for _, s := range wanted {
		view := urlView{dubbo.urls(t, namespace, s), map[string]list[serviceURL]{}}
		for _, way := range ways {
			view.podreg[way] = podregList[serviceURL](t, namespace, "UrlList", append(s.command(), "--via", way)...)
		}
		views[s] = view
	}
	return views
}

// command is the command line of podreg for it.
func (s subscription) command() []string {
	if s == everything {
		return []string{"urls", application}
	}
	command := []string{"urls", s.service, "--provided-by", application, "--version=" + s.version, "--group=" + s.group}
	if s.protocol != "" {
		command = append(command, "--protocol", s.protocol)
	}
	return command
}

// urls are those of a real consumer with that subscription.
func (r *registry) urls(t *testing.T, namespace fixture.Namespace, s subscription) []serviceURL {
	t.Helper()
	command := []string{"urls", application}
	for _, word := range []string{s.service, s.version, s.group, s.protocol} {
		if word == "" {
			word = "-"
		}
		command = append(command, word)
	}
	return parse[[]serviceURL](t, r.ask(t, namespace, command...))
}

func (v urlView) mustAgree(t *testing.T) {
	t.Helper()
	for _, way := range ways {
		found := v.podreg[way]
		if len(v.dubbo) == 0 { // then podreg may say that the application does not provide it, or what else it does
			found.Warnings = found.without("InterfaceNotProvided")
			found.Warnings = found.without("NothingMatches")
		}
		found.mustNotWarn(t)
		mustBe(t, way+": URLs", asText(v.podreg[way].Items), asText(v.dubbo))
		for _, u := range v.podreg[way].Items {
			mustBe(t, way+": address of "+u.Pod, u.Host, addressOf(u.Pod))
		}
	}
}

func (v urlView) mustNotWarn(t *testing.T) {
	t.Helper()
	for _, way := range ways {
		v.podreg[way].mustNotWarn(t)
	}
}

// mustWarn checks that there is one warning, with that in it.
func (v urlView) mustWarn(t *testing.T, text string) {
	t.Helper()
	for _, way := range ways {
		if found := v.podreg[way].Warnings; len(found) != 1 || !strings.Contains(found[0].Message, text) {
			t.Errorf("%s: warnings %v, wanted one with %q", way, found, text)
		}
	}
}

// exports is whether the provider exports the interface at all, or anything for "*".
func (o observation) exports(service string) bool {
	return service == everything.service || slices.ContainsFunc(o.urls[everything].dubbo, func(u serviceURL) bool {
		return u.Interface == service
	})
}

// asText is a line for each; Dubbo has the same URL several times when an instance has several ports.
func asText(urls []serviceURL) string {
	lines := []string{}
	for _, u := range urls {
		u.Pod = ""
		lines = append(lines, fmt.Sprintf("%+v", u))
	}
	slices.Sort(lines)
	return strings.Join(slices.Compact(lines), "\n")
}

func TestPodregShowsTheUrlsThatARealConsumerHas(t *testing.T) {
	observeAll(t, func(t *testing.T, name string, seen observation) {
		seen.urls[everything].mustAgree(t)
		seen.urls[everything].mustNotWarn(t)
		wanted := len(setups[name].services) * len(setups[name].protocols)
		if found := len(seen.urls[everything].podreg["direct"].Items); found != wanted {
			t.Errorf("%d URLs, wanted one of every service over every protocol: %d", found, wanted)
		}
	})
}

func TestPodregFiltersUrlsAsARealConsumerDoes(t *testing.T) {
	observeAll(t, func(t *testing.T, _ string, seen observation) {
		for _, s := range subscriptions {
			t.Run(fmt.Sprint(s), func(t *testing.T) {
				seen.urls[s].mustAgree(t)
				switch {
				case !seen.exports(s.service):
					seen.urls[s].mustWarn(t, "none of its revisions does")
				case len(seen.urls[s].dubbo) == 0:
					seen.urls[s].mustWarn(t, "that are asked for; there is")
				default:
					seen.urls[s].mustNotWarn(t)
				}
			})
		}
	})
}
