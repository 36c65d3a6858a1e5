package cluster

// What a kubeconfig may look like, and what is none.

func text(content string) map[string]string { return map[string]string{"config": content} }

var shapeCases = []kubeconfigCase{
	{
		name: "JSON",
		files: text(`{"apiVersion": "v1", "kind": "Config", "current-context": "here", "preferences": {},
"contexts": [{"name": "here", "context": {"cluster": "c", "user": "u", "namespace": "shop"}}],
"clusters": [{"name": "c", "cluster": {"server": "$SERVER", "certificate-authority-data": "$CA"}}],
"users": [{"name": "u", "user": {"token": "$TOKEN"}}]}`),
	},
	{
		name: "extensions and fields that nobody knows",
		files: text(complete + `
preferences: {colors: true}
extensions: [{name: x, extension: {apiVersion: v1, kind: Anything, users: [{name: u, user: {as: bob}}]}}]
something: [else]
`),
	},
	{
		name: "fields that nobody knows in entries",
		files: text("current-context: here\ncontexts: [{name: here, extra: 1, context: {cluster: c, user: u, extensions: [{name: x, extension: {}}], more: {}}}]\n" +
			"clusters: [{name: c, cluster: {" + trusted + ", api-version: v1, extensions: [{name: x, extension: {a: b}}]}}]\n" +
			"users: [{name: u, user: {token: $TOKEN, act-as: somebody}}]\n"),
	},
	{name: "neither apiVersion nor kind", files: text(complete)},
	{name: "another kind", files: text("apiVersion: v1\nkind: Pod\n" + complete)},
	{name: "another apiVersion", files: text("apiVersion: v2\nkind: Config\n" + complete)},
	{name: "an apiVersion without a kind", files: text("apiVersion: v1\n" + complete)},
	{name: "an empty file", files: text("")},
	{name: "nothing but a comment", files: text("# nothing here\n")},
	{name: "nothing but null", files: text("null\n")},
	{name: "lists that are null", files: text("apiVersion: v1\nkind: Config\nclusters: null\nusers: null\ncontexts: null\n")},
	{name: "not YAML", files: text("clusters: [\n  - name: a\n  }\n")},
	{name: "a text", files: text("hello\n")},
	{name: "a list", files: text("- hello\n")},
	{name: "binary", files: text("\x7fELF\x02\x01\x01\x00\x00")},
	{name: "a map where a list belongs", files: text("current-context: here\nclusters: {c: {server: https://127.0.0.1:1}}\n")},
	{name: "a list where a map belongs", files: text(contextHere + userHere + "current-context: here\nclusters: [{name: c, cluster: [1]}]\n")},
	{name: "a number where a text belongs", files: text("current-context: 1\n" + contextHere + clusterHere + userHere)},
	{name: "a text where a boolean belongs", files: one("server: $SERVER, insecure-skip-tls-verify: \"true\"", "token: $TOKEN")},
	{name: "a boolean as YAML 1.1 writes it", files: one("server: $SERVER, insecure-skip-tls-verify: yes", "token: $TOKEN")},
	kubeconfigCase{name: "a number for a namespace", files: text("current-context: here\ncontexts: [{name: here, context: {cluster: c, user: u, namespace: 123}}]\n" + clusterHere + userHere)}.but(deviation{
		because: "a text may be written like a number",
		kubectl: "cannot unmarshal number",
		asks:    []string{"namespace: 123"},
	}),
	kubeconfigCase{name: "a number for a token", files: one(trusted, "token: 1234567890")}.but(deviation{
		because: "a text may be written like a number",
		kubectl: "cannot unmarshal number",
		asks:    []string{`"Bearer 1234567890"`},
	}),
	kubeconfigCase{name: "a number for a name", files: text("current-context: here\ncontexts: [{name: here, context: {cluster: \"7\", user: u}}]\nclusters: [{name: 7, cluster: {" + trusted + "}}]\n" + userHere)}.but(deviation{
		because: "a text may be written like a number",
		kubectl: "cannot unmarshal number",
		asks:    []string{"Bearer"},
	}),
	{name: "names twice in a list", files: text("current-context: here\n" + contextHere + userHere +
		"clusters: [{name: c, cluster: {" + trusted + "}}, {name: c, cluster: {server: https://127.0.0.1:1}}]\n")},
	{name: "the same entry twice in a list", files: text("current-context: here\n" + contextHere + clusterHere +
		"users: [{name: u, user: {token: $TOKEN}}, {name: u, user: {token: $TOKEN}}]\n")},
	{name: "a field twice", files: text("current-context: gone\n" + complete)},
	{name: "fields in capitals", files: text("Current-Context: here\n" + contextHere + clusterHere + userHere)},
	{name: "anchors and merged maps", files: text("current-context: here\n" + contextHere + userHere +
		"clusters: [{name: other, cluster: &base {" + trusted + "}}, {name: c, cluster: {<<: *base, tls-server-name: $NAME}}]\n")},
	{name: "two documents", files: text(complete + "---\ncurrent-context: gone\n")},
	{name: "a document that is marked", files: text("---\n" + complete + "...\n")},
	{name: "lines of Windows", files: text("apiVersion: v1\r\nkind: Config\r\ncurrent-context: here\r\n" +
		"contexts:\r\n- name: here\r\n  context:\r\n    cluster: c\r\n    user: u\r\n" +
		"clusters: [{name: c, cluster: {" + trusted + "}}]\r\nusers: [{name: u, user: {token: $TOKEN}}]\r\n")},
	{name: "a byte order mark", files: text("\ufeff" + complete)},
	{name: "tabs", files: text("current-context: here\nclusters:\n\t- name: c\n")},
	{name: "base64 over several lines", files: text("current-context: here\n" + contextHere + userHere +
		"clusters:\n- name: c\n  cluster:\n    server: $SERVER\n    certificate-authority-data: |\n      $CA\n")},
	{name: "names with spaces and colons", files: text(`current-context: "a b: c/d@e"
contexts: [{name: "a b: c/d@e", context: {cluster: "c:6443", user: "u/c:6443"}}]
clusters: [{name: "c:6443", cluster: {` + trusted + `}}]
users: [{name: "u/c:6443", user: {token: $TOKEN}}]
`)},
	{name: "a context without a namespace", files: text("current-context: here\ncontexts: [{name: here, context: {cluster: c, user: u}}]\n" + clusterHere + userHere)},
	kubeconfigCase{name: "a namespace that is none", files: text("current-context: here\ncontexts: [{name: here, context: {cluster: c, user: u, namespace: Shop_1}}]\n" + clusterHere + userHere)}.but(deviation{
		because: "no server has such a namespace",
		podreg:  `"Shop_1", the namespace of context "here"`,
		status:  7,
	}),
	{name: "a context without a cluster", files: text("current-context: here\ncontexts: [{name: here, context: {user: u}}]\n" + clusterHere + userHere)},
	kubeconfigCase{name: "a context without a user", files: text("current-context: here\ncontexts: [{name: here, context: {cluster: c}}]\n" + clusterHere + userHere)}.but(deviation{
		because: "kubectl asks for a name and a password; podreg asks nothing, and is anonymous",
		kubectl: "EOF",
		asks:    []string{"anonymous"},
	}),
	{name: "a context of a cluster that is not there", files: text("current-context: here\n" + contextHere + userHere)},
	{name: "a context of a user that is not there", files: text("current-context: here\n" + contextHere + clusterHere)},
	{name: "a current-context that is not there", files: text("current-context: gone\n" + contextHere + clusterHere + userHere)},
	{name: "no current-context", files: text(contextHere + clusterHere + userHere)},
	{name: "an entry without a name", files: text("current-context: here\n" + contextHere + clusterHere + "users: [{user: {token: $TOKEN}}]\n")},
	{name: "entries that are empty", files: text("current-context: here\n" + contextHere + userHere +
		"clusters: [{name: c, cluster: {" + trusted + "}}, {name: d}, {name: e, cluster: null}]\n")},
	{name: "an entry that is null", files: text("current-context: here\n" + contextHere + clusterHere + "users: [null, {name: u, user: {token: $TOKEN}}]\n")},
	{name: "faults in entries that are not used", files: text("current-context: here\n" +
		"contexts: [{name: here, context: {cluster: c, user: u}}, {name: broken, context: {cluster: gone, user: gone}}]\n" +
		"clusters: [{name: c, cluster: {" + trusted + "}}, {name: d, cluster: {server: \"https://\", certificate-authority: gone.crt, certificate-authority-data: bm90IFBFTQ==}}]\n" +
		"users: [{name: u, user: {token: $TOKEN}}, {name: v, user: {client-certificate: gone.crt}}, {name: w, user: {auth-provider: {name: gcp}}}]\n")},
}
