package state

import (
	"crypto"
	"encoding/pem"

	"k8s.io/client-go/util/cert"
	"k8s.io/client-go/util/keyutil"
)

func encodeCertificate(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: cert.CertificateBlockType, Bytes: der})
}

// mustPEM encodes a key that this package made, of a kind that can always be encoded.
func mustPEM(key crypto.Signer) []byte {
	encoded, err := keyutil.MarshalPrivateKeyToPEM(key)
	if err != nil {
		panic(err)
	}
	return encoded
}

func writePair(certificate, key string, pair Pair) error {
	if err := writeSecret(key, pair.Key); err != nil {
		return err
	}
	return writeSecret(certificate, pair.Certificate)
}
