package cluster

// How several kubeconfigs become one, and which are read.

const (
	contextHere = "contexts: [{name: here, context: {cluster: c, user: u, namespace: shop}}]\n"
	clusterHere = "clusters: [{name: c, cluster: {" + trusted + "}}]\n"
	userHere    = "users: [{name: u, user: {token: $TOKEN}}]\n"
	complete    = "current-context: here\n" + contextHere + clusterHere + userHere
	listOfTwo   = "KUBECONFIG=$DIR/a:$DIR/b"
)

var mergingCases = []kubeconfigCase{
	{
		name: "a context that is spread over three files",
		env:  []string{"KUBECONFIG=$DIR/a:$DIR/b:$DIR/c"},
		files: map[string]string{
			"a": "current-context: here\n" + contextHere, "b": clusterHere, "c": userHere,
		},
	},
	{
		name: "the first file that has a cluster wins",
		env:  []string{listOfTwo},
		files: map[string]string{
			"a": clusterHere,
			"b": "current-context: here\n" + contextHere + userHere + "clusters: [{name: c, cluster: {server: https://127.0.0.1:1}}]",
		},
	},
	{
		name: "the first file that has a user wins",
		env:  []string{listOfTwo},
		files: map[string]string{
			"a": userHere,
			"b": "current-context: here\n" + contextHere + clusterHere + "users: [{name: u, user: {token: $OTHER_TOKEN}}]",
		},
	},
	{
		name: "the first file that has a context wins",
		env:  []string{listOfTwo},
		files: map[string]string{
			"a": contextHere,
			"b": "current-context: here\n" + clusterHere + userHere +
				"contexts: [{name: here, context: {cluster: c, user: u, namespace: other}}]",
		},
	},
	{
		name: "a user of two files with a field in each",
		env:  []string{listOfTwo},
		files: map[string]string{
			"a": "users: [{name: u, user: {token: $OTHER_TOKEN}}]",
			"b": "current-context: here\n" + contextHere + clusterHere + "users: [{name: u, user: {as: bob}}]",
		},
	},
	{
		name: "a cluster of two files with a field in each",
		env:  []string{listOfTwo},
		files: map[string]string{
			"a": "clusters: [{name: c, cluster: {server: $SERVER}}]",
			"b": "current-context: here\n" + contextHere + userHere +
				"clusters: [{name: c, cluster: {certificate-authority-data: $CA}}]",
		},
	},
	{
		name: "a context of two files with the namespace in the second",
		env:  []string{listOfTwo},
		files: map[string]string{
			"a": "contexts: [{name: here, context: {cluster: c, user: u}}]",
			"b": complete,
		},
	},
	{
		name:  "the current-context of the first file that has one",
		env:   []string{"KUBECONFIG=$DIR/a:$DIR/b:$DIR/c"},
		files: map[string]string{"a": contextHere, "b": complete, "c": "current-context: gone"},
	},
	{
		name:  "an empty current-context before one",
		env:   []string{listOfTwo},
		files: map[string]string{"a": `current-context: ""`, "b": complete},
	},
	{
		name:  "a file that is not there is skipped",
		env:   []string{"KUBECONFIG=$DIR/gone:$DIR/config:$DIR/gone-too"},
		files: map[string]string{"config": complete},
	},
	{
		name: "no file of the list is there",
		env:  []string{"KUBECONFIG=$DIR/gone:$DIR/gone-too"},
	},
	{
		name:  "the same file twice",
		env:   []string{"KUBECONFIG=$DIR/config:$DIR/config"},
		files: map[string]string{"config": complete},
	},
	{
		name:  "empty names in the list",
		env:   []string{"KUBECONFIG=::$DIR/config:"},
		files: map[string]string{"config": complete},
	},
	{
		name:  "an empty file before a good one",
		env:   []string{listOfTwo},
		files: map[string]string{"a": "", "b": complete},
	},
	{
		name:  "a broken file behind a good one",
		env:   []string{listOfTwo},
		files: map[string]string{"a": complete, "b": "clusters: [\n"},
	},
	{
		name:  "a folder in the list",
		env:   []string{"KUBECONFIG=$DIR:$DIR/config"},
		files: map[string]string{"config": complete},
	},
	{
		name:  "a list of relative paths",
		env:   []string{"KUBECONFIG=gone:sub/config"},
		files: map[string]string{"sub/config": complete},
	},
	{
		name:  "the flag stands over the variable",
		env:   []string{"KUBECONFIG=$DIR/other"},
		args:  []string{"--kubeconfig", "$DIR/config"},
		files: map[string]string{"config": complete, "other": "users: [{name: u, user: {as: bob}}]"},
	},
	{
		name:  "the flag names a file that is not there",
		env:   []string{"KUBECONFIG=$DIR/config"},
		args:  []string{"--kubeconfig", "$DIR/gone"},
		files: map[string]string{"config": complete},
	},
	{
		name:  "the flag is no list",
		env:   []string{},
		args:  []string{"--kubeconfig", "$DIR/config:$DIR/config"},
		files: map[string]string{"config": complete},
	},
	{
		name:  "an empty flag is none",
		args:  []string{"--kubeconfig="},
		files: map[string]string{"config": complete},
	},
	{
		name:  "the file in the home directory",
		env:   []string{"HOME=$DIR"},
		files: map[string]string{".kube/config": complete},
	},
	{
		name:  "the file in the home directory when the variable is empty",
		env:   []string{"HOME=$DIR", "KUBECONFIG="},
		files: map[string]string{".kube/config": complete},
	},
	{
		name:  "the variable stands over the file in the home directory",
		env:   []string{"HOME=$DIR", "KUBECONFIG=$DIR/config"},
		files: map[string]string{".kube/config": "users: [{name: u, user: {as: bob}}]", "config": complete},
	},
	{
		name: "nothing anywhere",
		env:  []string{},
	},
	{
		name: "a CA beside the second file of the list",
		env:  []string{"KUBECONFIG=$DIR/one/config:$DIR/two/config"},
		files: map[string]string{
			"one/config": "current-context: here\n" + contextHere + userHere,
			"one/ca.crt": "of nobody",
			"two/config": "clusters: [{name: c, cluster: {server: $SERVER, certificate-authority: ca.crt}}]",
			"two/ca.crt": "$CA_PEM",
		},
	},
	{
		name: "files of a user in the folder above",
		env:  []string{"KUBECONFIG=sub/config"},
		files: map[string]string{
			"sub/config": "current-context: here\n" + contextHere + clusterHere +
				"users: [{name: u, user: {client-certificate: ../user.crt, client-key: ./../keys/user.key}}]",
			"user.crt":      "$CERT_PEM",
			"keys/user.key": "$KEY_PEM",
		},
	},
	{
		name: "a token file beside a kubeconfig that a flag names",
		env:  []string{},
		args: []string{"--kubeconfig", "sub/config"},
		files: map[string]string{
			"sub/config": "current-context: here\n" + contextHere + clusterHere + "users: [{name: u, user: {tokenFile: token}}]",
			"sub/token":  "$TOKEN\n",
		},
	},
	{
		name: "a kubeconfig that is a symbolic link has its files beside the link",
		env:  []string{"KUBECONFIG=$DIR/link/config"},
		files: map[string]string{
			"link/config -> ../real/config": "",
			"link/ca.crt":                   "$CA_PEM",
			"real/config": "current-context: here\n" + contextHere + userHere +
				"clusters: [{name: c, cluster: {server: $SERVER, certificate-authority: ca.crt}}]",
		},
	},
	{
		name:  "a path that is absolute",
		files: and(one("server: $SERVER, certificate-authority: $DIR/other/ca.crt", "token: $TOKEN"), "other/ca.crt", "$CA_PEM"),
	},
}
