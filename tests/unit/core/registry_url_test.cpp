// What Dubbo 3.2.6 itself makes of these URLs was seen by running UrlUtils.parseURL and
// KubernetesConfigUtils on them.

#include "core/registry_url.h"

#include <gmock/gmock.h>

#include "core/error.h"

namespace podreg::core {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string refusal(const std::string& text) {
  try {
    RegistryUrl::parse(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::usage);
    return error.what();
  }
  ADD_FAILURE() << text << " was taken";
  return {};
}

TEST(RegistryUrl, HostPortAndParameters) {
  const auto url = RegistryUrl::parse("kubernetes://api.example.com:6443?namespace=prod&x=");
  EXPECT_EQ(url.server(), "https://api.example.com:6443");
  EXPECT_EQ(url.parameter("namespace"), "prod");
  EXPECT_EQ(url.parameter("x"), std::nullopt);
  EXPECT_EQ(url.parameter("oauthToken"), std::nullopt);
}

TEST(RegistryUrl, WithoutAPortItIsDubbos) {
  EXPECT_EQ(RegistryUrl::parse("kubernetes://api").server(), "https://api:9090");
}

TEST(RegistryUrl, TheDefaultMasterIsTheServiceOfTheApiServerWhateverItsPort) {
  for (const char* url : {"kubernetes://DEFAULT_MASTER_HOST", "kubernetes://default_master_host:80",
                          "kubernetes://DEFAULT_MASTER_HOST?useHttps=false"}) {
    EXPECT_EQ(RegistryUrl::parse(url).server(), "https://kubernetes.default.svc") << url;
  }
}

TEST(RegistryUrl, Ipv6StandsInBrackets) {
  EXPECT_EQ(RegistryUrl::parse("kubernetes://[fd00::1]:6443/?a=b").server(),
            "https://[fd00::1]:6443");
  EXPECT_EQ(RegistryUrl::parse("kubernetes://[fd00::1]").server(), "https://[fd00::1]:9090");
}

TEST(RegistryUrl, UseHttpsFalseIsPlain) {
  EXPECT_EQ(RegistryUrl::parse("kubernetes://h:80?useHttps=False").server(), "http://h:80");
  EXPECT_EQ(RegistryUrl::parse("kubernetes://h:80?useHttps=").server(), "https://h:80");
}

TEST(RegistryUrl, AsItStandsInLogsItNamesTheRegistry) {
  for (const char* scheme : {"registry", "service-discovery-registry"}) {
    const auto url = RegistryUrl::parse(
        std::string(scheme) +
        "://h:6443/org.apache.dubbo.registry.RegistryService?registry=kubernetes&namespace=v");
    EXPECT_EQ(url.server(), "https://h:6443");
    EXPECT_EQ(url.parameter("namespace"), "v");
  }
  EXPECT_EQ(refusal("registry://h:1?registry=zookeeper"),
            "--registry: it has no registry=kubernetes");
}

TEST(RegistryUrl, QuotesAndWhiteSpaceAroundItAreDropped) {
  EXPECT_EQ(RegistryUrl::parse(" \"kubernetes://h:1?namespace=a\"\n").parameter("namespace"), "a");
  EXPECT_EQ(RegistryUrl::parse("'kubernetes://h:1?namespace=a'").parameter("namespace"), "a");
}

TEST(RegistryUrl, PercentEncodingIsDecodedAndAPlusIsAPlus) {
  const auto url = RegistryUrl::parse("kubernetes://h?password=a%20b%2Bc+d%26&100%=5%zz%4");
  EXPECT_EQ(url.parameter("password"), "a b+c+d&");
  EXPECT_EQ(url.parameter("100%"), "5%zz%4");
}

TEST(RegistryUrl, SemicolonsSeparateAndTheLastOfANameCounts) {
  const auto url = RegistryUrl::parse("kubernetes://h?namespace=a;trustCerts=true&namespace=b");
  EXPECT_EQ(url.parameter("namespace"), "b");
  EXPECT_TRUE(url.flag("trustCerts", false));
}

TEST(RegistryUrl, ADefaultStandsInForWhatIsNotThere) {
  const auto url = RegistryUrl::parse("kubernetes://h?default.a=1&b=2&default.b=3");
  EXPECT_EQ(url.parameter("a"), "1");
  EXPECT_EQ(url.parameter("b"), "2");
}

TEST(RegistryUrl, WhatDubboIgnoresIsIgnored) {
  const auto url =
      RegistryUrl::parse("kubernetes://ann:geheim@h:6443/path?backup=h2:1,h3:2&nonsense=x");
  EXPECT_EQ(url.server(), "https://h:6443");
  EXPECT_EQ(url.parameter("username"), std::nullopt);
  EXPECT_TRUE(url.names_a_user);
}

TEST(RegistryUrl, NumbersAreNumbers) {
  const auto url = RegistryUrl::parse("kubernetes://h?requestTimeout=5000&connectionTimeout=5s");
  EXPECT_EQ(url.number("requestTimeout"), 5000);
  EXPECT_EQ(url.number("loggingInterval"), std::nullopt);
  EXPECT_THROW(url.number("connectionTimeout"), Error);
}

TEST(RegistryUrl, WhatIsRefusedIsNotShown) {
  for (const char* url :
       {"zookeeper://geheim", "geheim", "kubernetes://", "kubernetes://geheim:port",
        "kubernetes://h1:1,h2:2?oauthToken=geheim", "kubernetes://[::1?oauthToken=geheim",
        "kubernetes://h:70000?oauthToken=geheim", "kubernetes://h?oauthToken=geheim%00",
        "registry://h?oauthToken=geheim"}) {
    const auto message = refusal(url);
    EXPECT_THAT(message, HasSubstr("--registry: ")) << url;
    EXPECT_THAT(message, Not(HasSubstr("geheim")));
  }
}

}  // namespace
}  // namespace podreg::core
