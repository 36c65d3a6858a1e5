// What a registry URL says about the connection, over what was selected, as Dubbo lays it over the
// kubeconfig or the ServiceAccount.
//
// Rules: Dubbo 3.2.6, KubernetesConfigUtils#createKubernetesConfig, and the fabric8 client 6.8.1
// (CertUtils, SSLUtils, HttpClientUtils, TokenRefreshInterceptor) that reads its result:
// - …Data is base64 of PEM, or PEM itself, and wins over …File. Here both win over what a
// kubeconfig
//   has, also where fabric8 would prefer the kubeconfig's data to the URL's file;
// - trustCerts=true wins over every CA; a CA in the URL wins over a kubeconfig's
//   insecure-skip-tls-verify;
// - username and password together win over every token; one of them alone is refused here;
// - httpsProxy is for https servers, httpProxy for others; a proxy needs a port, and is spoken to
// in
//   plain http whether it is called http:// or https://; a user in it wins over proxyUsername;
// - with useHttps=false, only credentials that the URL itself holds are sent.
//
// apiVersion, watchReconnectInterval, watchReconnectLimit and loggingInterval tune Dubbo's client
// and mean nothing here; clientKeyAlgo neither, because a key says what it is.
#pragma once

#include "core/registry_url.h"
#include "k8s/connection_selection.h"

namespace podreg::k8s {

// Throws Error(usage), without any value of the URL.
void apply_registry(const core::RegistryUrl& registry, Selection& selection);

}  // namespace podreg::k8s
