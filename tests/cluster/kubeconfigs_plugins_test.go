package cluster

// Plugins that are asked for credentials.

// plugin answers with an ExecCredential of the version and the status.
func plugin(version, status string) string {
	return `#!/bin/sh
echo '{"apiVersion": "client.authentication.k8s.io/` + version + `", "kind": "ExecCredential", "status": {` + status + `}}'
`
}

const execV1 = "apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never"
