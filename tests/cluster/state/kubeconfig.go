package state

import (
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"
)

// Identity is how somebody proves who he is: by certificate, or by token.
type Identity struct {
	Pair  *Pair
	Token string
}

// Kubeconfig is one for an identity with one context. Everything is in it as data, so that the file
// can be moved. Tests change it before they write it: another CA, another server.
func (d Dir) Kubeconfig(user string, who Identity, namespace string) (*api.Config, error) {
	ports, err := d.Ports()
	if err != nil {
		return nil, err
	}
	ca, err := d.ServerCA()
	if err != nil {
		return nil, err
	}
	info := &api.AuthInfo{Token: who.Token}
	if who.Pair != nil {
		info.ClientCertificateData, info.ClientKeyData = who.Pair.Certificate, who.Pair.Key
	}
	const name = "podreg-test"
	return &api.Config{
		Clusters: map[string]*api.Cluster{
			name: {Server: ports.Server(), CertificateAuthorityData: ca.PEM()},
		},
		AuthInfos:      map[string]*api.AuthInfo{user: info},
		Contexts:       map[string]*api.Context{name: {Cluster: name, AuthInfo: user, Namespace: namespace}},
		CurrentContext: name,
	}, nil
}

// WriteKubeconfig writes one, readable by its owner only.
func WriteKubeconfig(config *api.Config, path string) error {
	content, err := clientcmd.Write(*config)
	if err != nil {
		return err
	}
	return writeSecret(path, content)
}

// WriteAdminKubeconfigs writes one with the client certificate and one with the token.
func (d Dir) WriteAdminKubeconfigs() error {
	pair, err := d.AdminPair()
	if err != nil {
		return err
	}
	token, err := d.AdminToken()
	if err != nil {
		return err
	}
	for path, who := range map[string]Identity{
		d.AdminKubeconfig(): {Pair: &pair},
		d.TokenKubeconfig(): {Token: token},
	} {
		config, err := d.Kubeconfig(AdminUser, who, "")
		if err != nil {
			return err
		}
		if err := WriteKubeconfig(config, path); err != nil {
			return err
		}
	}
	return nil
}
