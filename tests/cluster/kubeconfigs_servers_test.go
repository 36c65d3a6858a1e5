package cluster

// Where the server is, and why it is trusted.

var serverCases = []kubeconfigCase{
	{name: "a CA in a file", files: and(one("server: $SERVER, certificate-authority: ca.crt", "token: $TOKEN"), "ca.crt", "$CA_PEM")},
	kubeconfigCase{
		name:  "a CA both as data and in a file",
		files: and(one(trusted+", certificate-authority: ca.crt", "token: $TOKEN"), "ca.crt", "not looked at"),
	}.but(deviation{
		because: "data wins over files",
		kubectl: "are both specified",
		asks:    []string{"Bearer"},
	}),
	{name: "a CA in a file that is not there", files: one("server: $SERVER, certificate-authority: ca.crt", "token: $TOKEN")},
	{name: "a CA that is not base64", files: one(`server: $SERVER, certificate-authority-data: "%%%"`, "token: $TOKEN")},
	{name: "a CA that is not PEM", files: one("server: $SERVER, certificate-authority-data: bm90IFBFTQ==", "token: $TOKEN")},
	{name: "a CA that is a key", files: one("server: $SERVER, certificate-authority-data: $KEY", "token: $TOKEN")},
	{name: "a CA of somebody else", files: one("server: $SERVER, certificate-authority-data: $CERT", "token: $TOKEN")},
	{
		name: "a CA among others and their comments",
		files: and(one("server: $SERVER, certificate-authority: ca.crt", "token: $TOKEN"),
			"ca.crt", "# of somebody\n$CERT_PEM\n# ours\n$CA_PEM\n"),
	},
	{name: "no CA", files: one("server: $SERVER", "token: $TOKEN")},
	{name: "no CA and no verification", files: one("server: $SERVER, insecure-skip-tls-verify: true", "token: $TOKEN")},
	{name: "a CA and no verification", files: one(trusted+", insecure-skip-tls-verify: true", "token: $TOKEN")},
	{name: "a CA and verification", files: one(trusted+", insecure-skip-tls-verify: false", "token: $TOKEN")},
	{name: "a name of the certificate", files: one(trusted+", tls-server-name: $NAME", "token: $TOKEN")},
	{name: "a name that the certificate does not have", files: one(trusted+", tls-server-name: elsewhere", "token: $TOKEN")},
	{
		name:  "no verification and another name",
		files: one("server: $SERVER, insecure-skip-tls-verify: true, tls-server-name: elsewhere", "token: $TOKEN"),
	},
	{name: "a host that the certificate does not have", files: one("server: $LOCALHOST, certificate-authority-data: $CA", "token: $TOKEN")},
	{
		name:  "a host that the certificate does not have and a name that it has",
		files: one("server: $LOCALHOST, certificate-authority-data: $CA, tls-server-name: $NAME", "token: $TOKEN"),
	},
	{name: "a slash behind the server", files: one("server: $SERVER/, certificate-authority-data: $CA", "token: $TOKEN")},
	{name: "a scheme in capitals", files: one("server: HTTPS://$HOSTPORT, certificate-authority-data: $CA", "token: $TOKEN")},
	{
		name:    "a path behind the server",
		files:   one("server: https://127.0.0.1:1/k8s/clusters/c-1/, certificate-authority-data: $CA", "token: $TOKEN"),
		offline: true,
	},
	{name: "a server without a scheme", files: one("server: 127.0.0.1:1", "token: $TOKEN"), offline: true},
	{name: "a server of IPv6", files: one(`server: "https://[::1]:6443"`, "token: $TOKEN"), offline: true},
	{name: "no server", files: one("certificate-authority-data: $CA", "token: $TOKEN")},
	{name: "a server that is no address", files: one(`server: "https://"`, "token: $TOKEN")},
	{name: "a server with a port that is none", files: one(`server: "https://127.0.0.1:port"`, "token: $TOKEN")},
	{name: "compression that is off", files: one(trusted+", disable-compression: true", "token: $TOKEN")},
	{name: "a proxy of HTTP", files: one(trusted+`, proxy-url: "http://127.0.0.1:1"`, "token: $TOKEN"), offline: true},
	{name: "a proxy of HTTPS", files: one(trusted+`, proxy-url: "https://127.0.0.1:1"`, "token: $TOKEN"), offline: true},
	{name: "a proxy of SOCKS", files: one(trusted+`, proxy-url: "socks5://127.0.0.1:1"`, "token: $TOKEN"), offline: true},
	{name: "a proxy of SOCKS that resolves names", files: one(trusted+`, proxy-url: "socks5h://127.0.0.1:1"`, "token: $TOKEN"), offline: true},
	{name: "a proxy of FTP", files: one(trusted+`, proxy-url: "ftp://127.0.0.1:1"`, "token: $TOKEN")},
	{name: "a proxy without a scheme", files: one(trusted+`, proxy-url: "127.0.0.1:1"`, "token: $TOKEN")},
	{name: "a proxy that is no URL", files: one(trusted+`, proxy-url: "http://%zz"`, "token: $TOKEN")},
	{name: "an empty proxy", files: one(trusted+`, proxy-url: ""`, "token: $TOKEN")},
	{
		name:  "a proxy of the environment that is not for this server",
		env:   []string{"KUBECONFIG=$DIR/config", "HTTPS_PROXY=http://127.0.0.1:1", "NO_PROXY=127.0.0.1"},
		files: one(trusted, "token: $TOKEN"),
	},
}
