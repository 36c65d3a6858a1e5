#include "k8s/environment_proxy.h"

#include <gmock/gmock.h>

#include <map>

namespace podreg::k8s {
namespace {

using Variables = std::map<std::string, std::string>;

// "VARIABLE URL", or nothing.
std::string proxy_of(const std::string& server, const Variables& variables) {
  const Environment environment([&](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second;
  });
  const auto proxy = environment_proxy(parse_server(server), environment);
  return proxy ? proxy->variable + " " + proxy->url : "";
}

bool is_excepted(const std::string& server, const std::string& no_proxy) {
  return proxy_of(server, {{"HTTPS_PROXY", "http://p:1"}, {"NO_PROXY", no_proxy}}).empty();
}

TEST(EnvironmentProxy, IsThatOfTheSchemeInCapitalsOrSmallLetters) {
  EXPECT_EQ(proxy_of("https://a.example", {}), "");
  EXPECT_EQ(proxy_of("https://a.example", {{"https_proxy", "socks5://p:1"}}),
            "https_proxy socks5://p:1");
  EXPECT_EQ(proxy_of("https://a.example", {{"HTTPS_PROXY", "p:1"}, {"https_proxy", "q:1"}}),
            "HTTPS_PROXY http://p:1");
  EXPECT_EQ(proxy_of("https://a.example", {{"http_proxy", "p:1"}, {"all_proxy", "p:1"}}), "");
  EXPECT_EQ(proxy_of("http://a.example", {{"http_proxy", "p:1"}}), "http_proxy http://p:1");
}

TEST(EnvironmentProxy, ThisMachineHasNone) {
  for (const char* server : {"https://localhost:1", "https://127.0.0.2", "https://[::1]:6443"}) {
    EXPECT_TRUE(is_excepted(server, "")) << server;
  }
}

TEST(EnvironmentProxy, NoProxyHoldsNamesWithTheirSubdomains) {
  EXPECT_TRUE(is_excepted("https://a.example", "b.example, A.Example"));
  EXPECT_TRUE(is_excepted("https://x.a.example", "a.example"));
  EXPECT_FALSE(is_excepted("https://xa.example", "a.example"));
  EXPECT_FALSE(is_excepted("https://a.example", ".a.example"));
  EXPECT_TRUE(is_excepted("https://x.a.example", ".a.example"));
  EXPECT_TRUE(is_excepted("https://x.a.example", "*.a.example"));
  EXPECT_FALSE(is_excepted("https://a.example", "*.a.example"));
  EXPECT_TRUE(is_excepted("https://a.example", "*"));
  EXPECT_FALSE(is_excepted("https://a.example", "kubernetes,,"));
}

TEST(EnvironmentProxy, NoProxyHoldsPortsAddressesAndBlocks) {
  EXPECT_TRUE(is_excepted("https://a.example:6443", "a.example:6443"));
  EXPECT_FALSE(is_excepted("https://a.example:6443", "a.example:443"));
  EXPECT_TRUE(is_excepted("https://a.example", "a.example:443"));
  EXPECT_TRUE(is_excepted("https://192.0.2.7", "192.0.2.7"));
  EXPECT_TRUE(is_excepted("https://192.0.2.7:1", "192.0.2.7:1"));
  EXPECT_FALSE(is_excepted("https://192.0.2.7:1", "192.0.2.7:2"));
  EXPECT_TRUE(is_excepted("https://192.0.2.7", "192.0.2.0/24"));
  EXPECT_FALSE(is_excepted("https://192.0.3.7", "192.0.2.0/24"));
  EXPECT_TRUE(is_excepted("https://[2001:db8::7]", "2001:db8::/32"));
  EXPECT_TRUE(is_excepted("https://[2001:db8::7]:6443", "[2001:db8::7]:6443"));
  EXPECT_FALSE(is_excepted("https://192.0.2.7", "192.0.2.0/33,x/24,2001:db8::/32"));
}

}  // namespace
}  // namespace podreg::k8s
