package cluster

// What flags say in place of a kubeconfig.

// two has a second context, cluster and user, with nothing in common with the first ones.
func two() map[string]string {
	return map[string]string{"config": `
current-context: here
contexts:
- {name: here, context: {cluster: c, user: u, namespace: shop}}
- {name: there, context: {cluster: d, user: v, namespace: other}}
- {name: nowhere, context: {cluster: e, user: u}}
clusters:
- {name: c, cluster: {` + trusted + `}}
- {name: d, cluster: {` + trusted + `, tls-server-name: $NAME}}
- {name: e, cluster: {server: "https://127.0.0.1:1", tls-server-name: elsewhere, certificate-authority-data: $CA}}
users:
- {name: u, user: {token: $TOKEN}}
- {name: v, user: {client-certificate-data: $CERT, client-key-data: $KEY}}
- {name: w, user: {token: $TOKEN, as: bob, as-groups: [one], as-uid: 1-2}}
- {name: x, user: {tokenFile: token}}
`, "token": "$TOKEN", "ca.crt": "$CA_PEM", "user.crt": "$CERT_PEM", "user.key": "$KEY_PEM"}
}

func withFlags(name string, args ...string) kubeconfigCase {
	return kubeconfigCase{name: "by flags: " + name, files: two(), args: args}
}

var flagCases = []kubeconfigCase{
	withFlags("another context", "--context", "there"),
	withFlags("a context that is not there", "--context", "gone"),
	withFlags("an empty context", "--context="),
	withFlags("another cluster", "--cluster", "d"),
	withFlags("a cluster that is not there", "--cluster", "gone"),
	withFlags("another user", "--user", "v"),
	withFlags("a user that is not there", "--user", "gone"),
	withFlags("a cluster and a user over a context", "--context", "nowhere", "--cluster", "d", "--user", "v"),
	withFlags("another server", "--context", "nowhere", "--server", "$SERVER"),
	withFlags("another server, briefly", "--context", "nowhere", "-s", "$SERVER"),
	withFlags("another server that drops the name of the kubeconfig", "--cluster", "e", "--server", "$SERVER"),
	withFlags("another server and a name", "--cluster", "e", "--server", "$SERVER", "--tls-server-name", "$NAME"),
	withFlags("another name", "--tls-server-name", "elsewhere"),
	withFlags("another name that is right", "--tls-server-name", "$NAME"),
	withFlags("another namespace", "--namespace", "other"),
	withFlags("another namespace, briefly", "-n", "other"),
	withFlags("an empty namespace", "--namespace="),
	withFlags("another token", "--token", "$OTHER_TOKEN"),
	withFlags("a token beside a certificate", "--user", "v", "--token", "$TOKEN"),
	withFlags("a token over a token in a file", "--user", "x", "--token", "$OTHER_TOKEN").but(deviation{
		because: "--token wins; kubectl sends the token of the file",
		asks:    []string{"Bearer $OTHER_TOKEN"},
	}),
	withFlags("a token of which the user impersonates", "--user", "w", "--token", "$TOKEN"),
	withFlags("a certificate", "--user", "", "--client-certificate", "user.crt", "--client-key", "user.key"),
	withFlags("a certificate beside a token", "--client-certificate", "user.crt", "--client-key", "user.key"),
	withFlags("a certificate over one as data", "--user", "v", "--client-certificate", "user.crt", "--client-key", "user.key").but(deviation{
		because: "flags win over data, too",
		kubectl: "are both specified",
		asks:    []string{"certificate: CN=alice,O=shop-operators"},
	}),
	withFlags("a certificate without its key", "--client-certificate", "user.crt"),
	withFlags("a certificate that is not there", "--client-certificate", "gone.crt", "--client-key", "user.key"),
	withFlags("a CA", "--certificate-authority", "ca.crt"),
	withFlags("a CA that is none", "--certificate-authority", "user.key"),
	withFlags("a CA that is not there", "--certificate-authority", "gone.crt"),
	withFlags("a CA of somebody else", "--certificate-authority", "user.crt"),
	withFlags("no verification", "--insecure-skip-tls-verify"),
	withFlags("no verification, said in full", "--insecure-skip-tls-verify=true"),
	withFlags("verification", "--insecure-skip-tls-verify=false"),
	withFlags("no verification and a CA", "--insecure-skip-tls-verify", "--certificate-authority", "ca.crt"),
	withFlags("as another user", "--as", "bob"),
	withFlags("as another user with groups", "--as", "bob", "--as-group", "one", "--as-group", "two"),
	withFlags("as another user with a UID", "--as", "bob", "--as-uid", "1-2-3"),
	withFlags("with groups as nobody", "--as-group", "one"),
	withFlags("with a UID as nobody", "--as-uid", "1-2-3"),
	withFlags("as another user than the kubeconfig's", "--user", "w", "--as", "carol"),
	withFlags("with other groups than the kubeconfig's", "--user", "w", "--as-group", "three"),
	withFlags("with another UID than the kubeconfig's", "--user", "w", "--as-uid", "7"),
	withFlags("as an empty user", "--user", "w", "--as="),
	withFlags("an empty server", "--server="),
	withFlags("an empty token", "--token="),
	{
		name:  "a CA over no verification",
		files: and(one("server: $SERVER, insecure-skip-tls-verify: true", "token: $TOKEN"), "ca.crt", "$CA_PEM"),
		args:  []string{"--certificate-authority", "ca.crt"},
	},
	{
		name:  "a server, a CA and a token, and no kubeconfig",
		env:   []string{},
		files: map[string]string{"ca.crt": "$CA_PEM"},
		args:  []string{"--server", "$SERVER", "--certificate-authority", "ca.crt", "--token", "$TOKEN", "-n", "shop"},
	},
	{
		name:  "a server that is the only thing missing in a kubeconfig",
		files: map[string]string{"config": userHere, "ca.crt": "$CA_PEM"},
		args:  []string{"--server", "$SERVER", "--certificate-authority", "ca.crt", "--user", "u"},
	},
	{
		name: "a context and no kubeconfig",
		env:  []string{},
		args: []string{"--context", "here"},
	},
}
