// A kubeconfig in a home folder, and the connection that it comes down to.
#pragma once

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <string>
#include <vector>

#include "k8s/connection_resolve.h"
#include "tests/support/tls_identity.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/environment_of.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::tests {

inline constexpr const char* kServerField = "server: 'https://h:6443'";

inline std::string base64(const std::string& text) {
  std::vector<unsigned char> in(text.begin(), text.end());
  std::vector<unsigned char> out(4 * (in.size() / 3 + 1) + 1);
  const int size = EVP_EncodeBlock(out.data(), in.data(), static_cast<int>(in.size()));
  return {out.begin(), out.begin() + size};
}

// A home folder whose kubeconfig has one cluster, one user and one context, whose fields a test
// says.
class ConnectionTest : public testing::Test {
 protected:
  void configure(const std::string& cluster, const std::string& user,
                 const std::string& context = "") {
    config_ = folder_.write(".kube/config",
                            "current-context: prod\n"
                            "clusters: [{name: prod, cluster: {" +
                                cluster +
                                "}}, {name: lab}]\n"
                                "users: [{name: ann, user: {" +
                                user +
                                "}}, {name: bob}]\n"
                                "contexts: [{name: prod, context: {cluster: prod, user: ann" +
                                context + "}}, {name: prod-eu}, {name: lab}]\n");
  }

  k8s::Connection resolve() const {
    return k8s::resolve_connection("", overrides_, environment_, "/none");
  }
  Caught refused() const {
    return caught([this] { resolve(); });
  }

  TlsIdentity ann_ = make_identity();
  TlsIdentity bob_ = make_identity();
  TemporaryFolder folder_;
  std::string config_;
  k8s::Environment environment_ = environment_of({{"HOME", folder_.path()}});
  k8s::Overrides overrides_;
};

}  // namespace podreg::tests
