#include "k8s/connection_server.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using tests::caught;

TEST(ServerUrl, AUrlKeepsItsPathAndLosesItsFinalSlash) {
  EXPECT_EQ(resolve_server("https://h:6443", "x").url, "https://h:6443");
  EXPECT_EQ(resolve_server("https://h/k8s/clusters/c-1/", "x").url, "https://h/k8s/clusters/c-1");
  EXPECT_EQ(resolve_server("https://[fd00::1]:6443", "x").url, "https://[fd00::1]:6443");
  EXPECT_TRUE(resolve_server("HTTPS://h", "x").tls);
  EXPECT_FALSE(resolve_server("http://h", "x").tls);
}

TEST(ServerUrl, WithoutASchemeItIsHttpAsInClientGo) {
  EXPECT_EQ(resolve_server("h", "x").url, "http://h");
  EXPECT_EQ(resolve_server("10.0.0.1:6443", "x").url, "http://10.0.0.1:6443");
  EXPECT_EQ(resolve_server("h:6443/", "x").url, "http://h:6443");
}

TEST(ServerUrl, EverythingElseIsRefusedWithItsOwner) {
  for (const char* server :
       {"h/path", "ftp://h", "unix:///run/x", "https://", "https:///h", "https:h", "://h",
        "https://h:x", "https://h:99999", "https://a b", "https://[::1", "https://u:p@h", "u:p@h",
        "https://h?x=1", "https://h#x", "/path", " "}) {
    const auto error = caught([&] { resolve_server(server, "cluster \"c\""); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_data) << server;
    EXPECT_THAT(error.message, HasSubstr("cluster \"c\": the server's address")) << server;
  }
}

}  // namespace
}  // namespace podreg::k8s
