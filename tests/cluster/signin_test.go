package cluster

import (
	"encoding/base64"
	"strings"
	"testing"
)

// Credentials of every kind, those that are right and those that are wrong, at every verbosity: who signs in
// is the same, and no secret is in any output. That each means what it means to kubectl is tested elsewhere.
func TestWhoSignsInDoesNotDependOnVerbosity(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	login := loginOf(t, "open-sesame-of-ann")
	for _, c := range []struct {
		kubeconfigCase
		user string
	}{
		{kubeconfigCase{name: "token", files: one(trusted, "token: $TOKEN")}, "admin"},
		{kubeconfigCase{name: "token in a file", files: and(one(trusted, "tokenFile: token"), "token", "$TOKEN\n")}, "admin"},
		{kubeconfigCase{name: "token of a flag", files: one(trusted, ""), args: []string{"--token", "$TOKEN"}}, "admin"},
		{
			kubeconfigCase{
				name: "token in a file of a flag", files: and(one(trusted, ""), "token", "$TOKEN"),
				args: []string{"--token-file", "token"},
			},
			"admin",
		},
		{kubeconfigCase{name: "certificate", files: one(trusted, "client-certificate-data: $CERT, client-key-data: $KEY")}, "alice"},
		{
			kubeconfigCase{
				name: "certificate of flags", files: and(and(one(trusted, ""), "user.crt", "$CERT_PEM"), "user.key", "$KEY_PEM"),
				args: []string{"--client-certificate", "user.crt", "--client-key", "user.key"},
			},
			"alice",
		},
		{
			kubeconfigCase{
				name:  "plugin",
				files: and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "plugin", pluginGiving("v1", `"token": "$TOKEN"`)),
			},
			"admin",
		},
		{kubeconfigCase{name: "as another user", files: one(trusted, "token: $TOKEN, as: bob")}, "bob"},
		{kubeconfigCase{name: "token that nobody issued", files: one(trusted, "token: an-invented-secret")}, ""},
		{kubeconfigCase{name: "password", files: one(trusted, "username: ann, password: "+login[1])}, ""},
		{
			kubeconfigCase{
				name: "plugin with a token that nobody issued",
				files: and(one(trusted, "exec: {"+execV1+", command: ./plugin}"),
					"plugin", pluginGiving("v1", `"token": "`+plant(t, "another-invented-secret")+`"`)),
			},
			"",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			at := c.in(t, controlPlane(t, who))
			for _, verbosity := range []string{"-q", "-v", "-vv", "-vvv"} {
				ran := at.run(t, podregBinary(), "config", "check", "-o", "json", verbosity)

				if user := ran.whoamiOfPodreg(t); user != c.user {
					t.Errorf("with %s it is %q: %s", verbosity, user, ran.stderr)
				}
				if c.user == "" {
					ran.mustExit(t, 4)
				}
			}
		})
	}
}

func TestTheMostVerboseOutputShowsHeadersWithoutTheirSecrets(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	at := kubeconfigCase{files: one(trusted, "token: $TOKEN")}.in(t, controlPlane(t, who))

	ran := at.run(t, podregBinary(), "services", "-vvv")

	ran.mustExit(t, 0, "<masked>")
	mustContain(t, strings.ToLower(ran.stderr), "authorization: ")
}

// What is broken in a kubeconfig is often a secret.
func TestMessagesAboutBrokenKubeconfigsHoldNoSecret(t *testing.T) {
	t.Parallel()
	who := newIdentities(t)
	secret := plant(t, "planted-in-a-broken-place")
	encoded := base64.StdEncoding.EncodeToString([]byte(secret))
	for name, files := range map[string]map[string]string{
		"a token that is a list":         one(trusted, "token: ["+secret+"]"),
		"a token that is a map":          one(trusted, "token: {"+secret+": 1}"),
		"a user that is a text":          text("users: [{name: u, user: " + secret + "}]\n"),
		"YAML that breaks at a token":    text("users: [{name: u, user: {token: \"" + secret + "}}]\n"),
		"an anchor that is not there":    one(trusted, "token: *"+secret),
		"a token with a line break":      one(trusted, `token: "`+secret+`\nX-Other: 1"`),
		"a key that is not PEM":          one(trusted, "client-certificate-data: $CERT, client-key-data: "+encoded),
		"a key that is not base64":       one(trusted, `client-certificate-data: $CERT, client-key-data: "%`+secret+`"`),
		"a token file with two lines":    and(one(trusted, "tokenFile: token"), "token", secret+"\nand more\n"),
		"a password with a line break":   one(trusted, `username: ann, password: "`+secret+`\n"`),
		"a proxy that is no URL":         one(trusted+`, proxy-url: "http://ann:`+secret+`@[::"`, "token: $TOKEN"),
		"a proxy of FTP":                 one(trusted+`, proxy-url: "ftp://ann:`+secret+`@127.0.0.1:1"`, "token: $TOKEN"),
		"a server with a login":          one(`server: "https://ann:`+secret+`@127.0.0.1:1"`, "token: $TOKEN"),
		"a plugin that prints rubbish":   and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "plugin", "#!/bin/sh\necho '"+secret+"'\n"),
		"a plugin with half an answer":   and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "plugin", "#!/bin/sh\necho '{\"status\": {\"token\": \""+secret+"'\n"),
		"a plugin with a token too many": and(one(trusted, "exec: {"+execV1+", command: ./plugin}"), "plugin", pluginGiving("v1", `"token": ["`+secret+`"]`)),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := kubeconfigCase{files: files}.in(t, controlPlane(t, who))
			for _, command := range [][]string{{"services", "-vvv"}, {"config", "check", "-vvv"}, {"config", "view", "-o", "json"}} {
				if ran := at.run(t, podregBinary(), command...); ran.status == 0 && command[1] == "check" {
					t.Errorf("nothing is wrong with it")
				}
			}
		})
	}
}
