package cluster

// Plugins that are asked for credentials.

// pluginGiving answers with an ExecCredential of the version and the status.
func pluginGiving(version, status string) string {
	return `#!/bin/sh
echo '{"apiVersion": "client.authentication.k8s.io/` + version + `", "kind": "ExecCredential", "status": {` + status + `}}'
`
}

const execV1 = "apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never"

var pluginCases = []kubeconfigCase{
	{
		name:  "a plugin beside the kubeconfig",
		files: and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name: "a plugin in a folder beside the kubeconfig",
		env:  []string{"KUBECONFIG=sub/config"},
		files: map[string]string{
			"sub/config":     one(trusted, "exec: {"+execV1+", command: bin/plugin}")["config"],
			"sub/bin/plugin": pluginGiving("v1", `"token": "$TOKEN"`),
		},
	},
	{
		name:  "a plugin in the PATH",
		env:   []string{"KUBECONFIG=$DIR/config", "PATH=$DIR/bin:/usr/bin:/bin"},
		files: and(one(trusted, "exec: {"+execV1+", command: podreg-test-plugin}"), "bin/podreg-test-plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name:  "a plugin whose name without a slash is not looked for beside the kubeconfig",
		files: and(one(trusted, "exec: {"+execV1+", command: podreg-test-plugin}"), "podreg-test-plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name: "a plugin of v1beta1 that says nothing about a terminal",
		files: and(one(trusted, "exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ./plugin}"),
			"plugin", pluginGiving("v1beta1", `"token": "$TOKEN"`)),
	},
	{
		name: "a plugin with arguments and variables",
		files: and(one(trusted, "exec: {"+execV1+`, command: ./plugin, args: ["-x", "a b"], env: [{name: T, value: $TOKEN}]}`),
			"plugin", "#!/bin/sh\n[ \"$1-$2-$#\" = '-x-a b-2' ] || exit 9\n"+
				`echo '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {"token": "'"$T"'"}}'`),
	},
	{
		name: "a plugin that is told the cluster",
		files: and(one(trusted, "exec: {"+execV1+", command: ./plugin, provideClusterInfo: true}"),
			"plugin", "#!/bin/sh\ncase $KUBERNETES_EXEC_INFO in *'\"server\":\"$SERVER\"'*'\"interactive\":false'*) ;; *) exit 9 ;; esac\n"+
				pluginGiving("v1", `"token": "$TOKEN"`)[len("#!/bin/sh\n"):]),
	},
	{
		name: "a plugin that gives a certificate",
		files: and(and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "user.pem", "$CERT_PEM$KEY_PEM"), "plugin", `#!/bin/sh
line() { sed -n "/BEGIN $1/,/END $1/p" $DIR/user.pem | sed 's/$/\\n/' | tr -d '\n'; }
printf '%s\n' '{"apiVersion": "client.authentication.k8s.io/v1", "kind": "ExecCredential", "status": {
"clientCertificateData": "'"$(line CERTIFICATE)"'", "clientKeyData": "'"$(line 'EC PRIVATE KEY')"'"}}'
`),
	},
	{
		name: "a plugin and a token",
		files: and(one(trusted, "token: $OTHER_TOKEN, exec: {"+execV1+", command: ./plugin}"),
			"plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name:  "a plugin that answers in another version",
		files: and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "plugin", pluginGiving("v1beta1", `"token": "$TOKEN"`)),
	},
	{
		name:  "a plugin that gives nothing",
		files: and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "plugin", pluginGiving("v1", "")),
	},
	{
		name:  "a plugin that fails",
		files: and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "plugin", "#!/bin/sh\nexit 3\n"),
	},
	{name: "a plugin that is not there", files: one(trusted, "exec: {"+execV1+", command: ./plugin, installHint: get it}")},
	{name: "a plugin without a command", files: one(trusted, "exec: {"+execV1+"}")},
	{
		name: "a plugin of v1 that says nothing about a terminal",
		files: and(one(trusted, "exec: {apiVersion: client.authentication.k8s.io/v1, command: ./plugin}"),
			"plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name: "a plugin that wants a terminal",
		files: and(one(trusted, "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always, command: ./plugin}"),
			"plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name: "a plugin with a mode that there is not",
		files: and(one(trusted, "exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Often, command: ./plugin}"),
			"plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name:  "a plugin without a version",
		files: and(one(trusted, "exec: {interactiveMode: Never, command: ./plugin}"), "plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name: "a plugin of v1alpha1",
		files: and(one(trusted, "exec: {apiVersion: client.authentication.k8s.io/v1alpha1, interactiveMode: Never, command: ./plugin}"),
			"plugin", pluginGiving("v1alpha1", `"token": "$TOKEN"`)),
	},
	{
		name:  "a plugin as another user",
		files: and(one(trusted, "as: bob, exec: {"+execV1+", command: ./plugin}"), "plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
	{
		name: "an auth-provider and a plugin",
		files: and(one(trusted, "auth-provider: {name: gcp}, exec: {"+execV1+", command: ./plugin}"),
			"plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
	},
}
