package state

import (
	"crypto/ecdsa"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"

	"k8s.io/client-go/util/keyutil"
)

// Issuer is the name in the tokens of ServiceAccounts.
const Issuer = "https://kubernetes.default.svc"

func (d Dir) serviceAccountKey() string { return d.file("sa.key") }

// SignToken signs a token with the key for tokens of ServiceAccounts. The API server's own tokens
// live for ten minutes at least; this is how a test gets one that has expired.
func (d Dir) SignToken(claims map[string]any) (string, error) {
	private, err := keyutil.PrivateKeyFromFile(d.serviceAccountKey())
	if err != nil {
		return "", err
	}
	body, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode([]byte(`{"alg":"ES256","typ":"JWT"}`)) + "." + encode(body)
	digest := sha256.Sum256([]byte(signed))
	r, s, err := ecdsa.Sign(rand.Reader, private.(*ecdsa.PrivateKey), digest[:])
	if err != nil {
		return "", err
	}
	// RFC 7518, 3.4: the two numbers one after the other, 32 bytes each.
	signature := make([]byte, 64)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return signed + "." + encode(signature), nil
}
