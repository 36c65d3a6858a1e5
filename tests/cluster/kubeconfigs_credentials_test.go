package cluster

// Who asks, and how it is proved.

var credentialCases = []kubeconfigCase{
	{name: "a token", files: one(trusted, "token: $TOKEN")},
	{name: "a token in a file", files: and(one(trusted, "tokenFile: token"), "token", "$TOKEN")},
	{name: "a token in a file with spaces around it", files: and(one(trusted, "tokenFile: token"), "token", " $TOKEN \n\n")},
	{name: "a token in a file that is empty", files: and(one(trusted, "tokenFile: token"), "token", "")},
	{name: "a token in a file that is not there", files: one(trusted, "tokenFile: token")},
	{
		name:  "a token and another one in a file",
		files: and(one(trusted, "token: $OTHER_TOKEN, tokenFile: token"), "token", "$TOKEN"),
	},
	{name: "a token and a file that is not there", files: one(trusted, "token: $TOKEN, tokenFile: token")},
	{name: "a token and a file that is empty", files: and(one(trusted, "token: $TOKEN, tokenFile: token"), "token", "")},
	{name: "a token of a ServiceAccount", files: one(trusted, "token: $OTHER_TOKEN")},
	{name: "a token that nobody issued", files: one(trusted, "token: an-invented-secret")},
	{name: "a certificate", files: one(trusted, "client-certificate-data: $CERT, client-key-data: $KEY")},
	{
		name: "a certificate in files",
		files: and(and(one(trusted, "client-certificate: user.crt, client-key: user.key"),
			"user.crt", "$CERT_PEM"), "user.key", "$KEY_PEM"),
	},
	{
		name:  "a certificate as data and its key in a file",
		files: and(one(trusted, "client-certificate-data: $CERT, client-key: user.key"), "user.key", "$KEY_PEM"),
	},
	{
		name:  "a certificate and a token",
		files: one(trusted, "client-certificate-data: $CERT, client-key-data: $KEY, token: $OTHER_TOKEN"),
	},
	{name: "a certificate without its key", files: one(trusted, "client-certificate-data: $CERT")},
	{name: "a key without its certificate", files: one(trusted, "client-key-data: $KEY")},
	{name: "a certificate in a file that is not there", files: one(trusted, "client-certificate: user.crt, client-key-data: $KEY")},
	{name: "a key in a file that is not there", files: one(trusted, "client-certificate-data: $CERT, client-key: user.key")},
	{name: "a certificate that is not base64", files: one(trusted, `client-certificate-data: "%%%", client-key-data: $KEY`)},
	{name: "a certificate that is not PEM", files: one(trusted, "client-certificate-data: bm90IFBFTQ==, client-key-data: $KEY")},
	{name: "a key that is not PEM", files: one(trusted, "client-certificate-data: $CERT, client-key-data: bm90IFBFTQ==")},
	{name: "a certificate and the key of another", files: one(trusted, "client-certificate-data: $CA, client-key-data: $KEY")},
	kubeconfigCase{
		name: "a certificate both as data and in a file",
		files: and(one(trusted, "client-certificate-data: $CERT, client-key-data: $KEY, client-certificate: other.crt"),
			"other.crt", "not looked at"),
	}.but(deviation{
		because: "data wins over files",
		kubectl: "are both specified",
		asks:    []string{"certificate: CN=alice,O=shop-operators"},
	}),
	kubeconfigCase{
		name: "a key both as data and in a file",
		files: and(one(trusted, "client-certificate-data: $CERT, client-key-data: $KEY, client-key: other.key"),
			"other.key", "not looked at"),
	}.but(deviation{
		because: "data wins over files",
		kubectl: "are both specified",
		asks:    []string{"certificate: CN=alice,O=shop-operators"},
	}),
	{name: "a user and a password", files: one(trusted, "username: ann, password: open-sesame-9")},
	{name: "a user and a password with a colon", files: one(trusted, `username: ann, password: "open:sesame-9 ä"`)},
	{name: "a user without a password", files: one(trusted, "username: ann")},
	{name: "a password without a user", files: one(trusted, "password: open-sesame-9")},
	{name: "a user, a password and a token", files: one(trusted, "username: ann, password: open-sesame-9, token: $TOKEN")},
	{
		name:  "a user, a password and a token in a file",
		files: and(one(trusted, "username: ann, password: open-sesame-9, tokenFile: token"), "token", "$TOKEN"),
	},
	{
		name:  "a user, a password and a certificate",
		files: one(trusted, "username: ann, password: open-sesame-9, client-certificate-data: $CERT, client-key-data: $KEY"),
	},
	kubeconfigCase{name: "nothing at all", files: one(trusted, "")}.but(deviation{
		because: "kubectl asks for a name and a password; podreg asks nothing, and is anonymous",
		kubectl: "EOF",
		asks:    []string{"anonymous"},
	}),
	{name: "as another user", files: one(trusted, "token: $TOKEN, as: bob")},
	{name: "as another user with groups", files: one(trusted, "token: $TOKEN, as: bob, as-groups: [one, two]")},
	{name: "as another user with a UID", files: one(trusted, "token: $TOKEN, as: bob, as-uid: 1234-5")},
	{
		name:  "as another user with extra values",
		files: one(trusted, `token: $TOKEN, as: bob, as-user-extra: {"example.com/Reason": [debugging, "a% b"], Other: [x]}`),
	},
	{name: "as another user with an empty list of groups", files: one(trusted, "token: $TOKEN, as: bob, as-groups: []")},
	{name: "as another user, by a certificate that may not", files: one(trusted, "client-certificate-data: $CERT, client-key-data: $KEY, as: bob")},
	{name: "with groups as nobody", files: one(trusted, "token: $TOKEN, as-groups: [one]")},
	{name: "with a UID as nobody", files: one(trusted, "token: $TOKEN, as-uid: 1234-5")},
	{name: "with extra values as nobody", files: one(trusted, "token: $TOKEN, as-user-extra: {a: [b]}")},
	{name: "an auth-provider", files: one(trusted, "auth-provider: {name: gcp}")},
	{name: "an auth-provider and a token", files: one(trusted, "auth-provider: {name: gcp}, token: $TOKEN")},
}
