#include "k8s/proxy_url.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::HasSubstr;
using testing::Not;
using tests::caught;

TEST(ProxyUrl, PortsAreTheOnesOfGo) {
  EXPECT_EQ(resolve_proxy("http://p", "x"), "http://p:80");
  EXPECT_EQ(resolve_proxy("https://p", "x"), "https://p:443");
  EXPECT_EQ(resolve_proxy("socks5://p", "x"), "socks5h://p:1080");
  EXPECT_EQ(resolve_proxy("http://p:3128", "x"), "http://p:3128");
  EXPECT_EQ(resolve_proxy("http://[fd00::1]:3128/", "x"), "http://[fd00::1]:3128");
}

TEST(ProxyUrl, ASocksProxyResolvesNames) {
  EXPECT_EQ(resolve_proxy("socks5://p:1", "x"), "socks5h://p:1");
  EXPECT_EQ(resolve_proxy("socks5h://p:1", "x"), "socks5h://p:1");
}

TEST(ProxyUrl, NoneIsNone) { EXPECT_EQ(resolve_proxy("", "x"), ""); }

TEST(ProxyUrl, CredentialsStayAsTheyAreEncoded) {
  EXPECT_EQ(resolve_proxy("http://ann:p%40ss@p:1", "x"), "http://ann:p%40ss@p:1");
  EXPECT_EQ(resolve_proxy("http://ann@p:1", "x"), "http://ann:@p:1");
}

TEST(ProxyUrl, OtherSchemesAreRefusedWithoutAPassword) {
  for (const char* url : {"ftp://u:s3cret@p", "p:3128", "//p", "s3cret", "socks4://u:s3cret@p",
                          "http://", "http://u:s3cret@p:port", ":s3cret"}) {
    const auto error = caught([&] { resolve_proxy(url, "cluster \"c\""); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_data) << url;
    EXPECT_THAT(error.message, HasSubstr("proxy-url of cluster \"c\"")) << url;
    EXPECT_THAT(error.message + error.hint, Not(HasSubstr("s3cret"))) << url;
  }
}

TEST(ProxyUrl, CredentialsAreMasked) {
  EXPECT_EQ(without_credentials("http://ann:s3cret@p:1"), "http://<masked>@p:1");
  EXPECT_EQ(without_credentials("http://ann:s3@cret@p:1"), "http://<masked>@p:1");
  EXPECT_EQ(without_credentials("ann:s3cret@p:1"), "<masked>@p:1");
  EXPECT_EQ(without_credentials("http://p:1"), "http://p:1");
}

}  // namespace
}  // namespace podreg::k8s
