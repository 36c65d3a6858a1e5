package state

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"os"
	"time"

	"k8s.io/client-go/util/cert"
	"k8s.io/client-go/util/keyutil"
)

// Authority is a certificate authority.
type Authority struct {
	certificate *x509.Certificate
	key         crypto.Signer
}

// ServerCA signed the API server's certificate.
func (d Dir) ServerCA() (*Authority, error) { return d.authority("ca", "podreg-test-ca") }

// ClientCA is the one that the API server accepts client certificates from. It is another one than
// ServerCA, so that a test notices when the two are mixed up.
func (d Dir) ClientCA() (*Authority, error) { return d.authority("client-ca", "podreg-test-client-ca") }

// ClientCAFile is the certificate of ClientCA.
func (d Dir) ClientCAFile() string { return d.file("client-ca.crt") }

// authority reads an authority's files, or makes them.
func (d Dir) authority(file, name string) (*Authority, error) {
	crt, key := d.file(file+".crt"), d.file(file+".key")
	if _, err := os.Stat(crt); errors.Is(err, fs.ErrNotExist) {
		made, err := NewAuthority(name)
		if err != nil {
			return nil, err
		}
		return made, writePair(crt, key, Pair{made.PEM(), mustPEM(made.key)})
	}
	certificates, err := cert.CertsFromFile(crt)
	if err != nil {
		return nil, err
	}
	private, err := keyutil.PrivateKeyFromFile(key)
	if err != nil {
		return nil, err
	}
	return &Authority{certificates[0], private.(crypto.Signer)}, nil
}

// NewAuthority makes an authority that exists in memory only.
func NewAuthority(name string) (*Authority, error) {
	key, err := newKey()
	if err != nil {
		return nil, err
	}
	certificate, err := cert.NewSelfSignedCACert(cert.Config{CommonName: name}, key)
	return &Authority{certificate, key}, err
}

// PEM is the authority's certificate.
func (a *Authority) PEM() []byte { return encodeCertificate(a.certificate.Raw) }

// Pair is a certificate and its key, in PEM.
type Pair struct{ Certificate, Key []byte }

// IssueClient signs a certificate for a user and groups, valid for as long as given.
func (a *Authority) IssueClient(user string, groups []string, valid time.Duration) (Pair, error) {
	return a.issue(&x509.Certificate{
		Subject:     pkix.Name{CommonName: user, Organization: groups},
		NotAfter:    time.Now().Add(valid),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	})
}

func (a *Authority) issueServer(ip string, names ...string) (Pair, error) {
	return a.issue(&x509.Certificate{
		Subject:     pkix.Name{CommonName: names[0]},
		NotAfter:    time.Now().Add(10 * 365 * 24 * time.Hour),
		IPAddresses: []net.IP{net.ParseIP(ip)},
		DNSNames:    names,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
}

func (a *Authority) issue(template *x509.Certificate) (Pair, error) {
	key, err := newKey()
	if err != nil {
		return Pair{}, err
	}
	if template.SerialNumber, err = rand.Int(rand.Reader, big.NewInt(1<<62)); err != nil {
		return Pair{}, err
	}
	template.NotBefore = a.certificate.NotBefore
	template.KeyUsage = x509.KeyUsageDigitalSignature
	der, err := x509.CreateCertificate(rand.Reader, template, a.certificate, key.Public(), a.key)
	if err != nil {
		return Pair{}, err
	}
	return Pair{encodeCertificate(der), mustPEM(key)}, nil
}

func newKey() (*ecdsa.PrivateKey, error) { return ecdsa.GenerateKey(elliptic.P256(), rand.Reader) }
