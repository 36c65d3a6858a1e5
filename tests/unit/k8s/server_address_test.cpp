#include "k8s/server_address.h"

#include <gmock/gmock.h>

#include "core/error.h"

namespace podreg::k8s {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string fault(const std::string& url) {
  try {
    parse_server(url);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::invalid_data);
    return error.what();
  }
  return {};
}

TEST(ServerAddress, HasHostPortAndPath) {
  const auto address = parse_server("https://api.example.com:6443/k8s/clusters/c-1/");
  EXPECT_TRUE(address.tls);
  EXPECT_EQ(address.host, "api.example.com");
  EXPECT_EQ(address.port, "6443");
  EXPECT_EQ(address.path, "/k8s/clusters/c-1");
  EXPECT_EQ(address.url(), "https://api.example.com:6443/k8s/clusters/c-1");
}

TEST(ServerAddress, ThePortIsThatOfTheSchemeWhenItIsLeftOut) {
  EXPECT_EQ(parse_server("https://api").host_and_port(), "api:443");
  EXPECT_EQ(parse_server("http://api/").host_and_port(), "api:80");
}

TEST(ServerAddress, Ipv6IsWrittenInBrackets) {
  const auto address = parse_server("https://[fd00::1]:6443");
  EXPECT_EQ(address.host, "fd00::1");
  EXPECT_EQ(address.host_and_port(), "[fd00::1]:6443");
}

TEST(ServerAddress, LoopbackIsKnownByItsAddress) {
  for (const char* url :
       {"http://127.0.0.1:1", "http://127.8.9.1", "http://[::1]:1", "http://localhost"}) {
    EXPECT_TRUE(parse_server(url).is_loopback()) << url;
  }
  for (const char* url : {"http://10.0.0.1", "http://[fd00::1]", "http://localhost.example.com",
                          "http://127.0.0.1.example.com"}) {
    EXPECT_FALSE(parse_server(url).is_loopback()) << url;
  }
}

TEST(ServerAddress, WhatIsNoHttpUrlIsAnError) {
  EXPECT_THAT(fault("api:6443"), HasSubstr("not a URL"));
  EXPECT_THAT(fault("ftp://api"), HasSubstr("neither https nor http"));
  EXPECT_THAT(fault(""), HasSubstr("not a URL"));
  EXPECT_THAT(fault("https://"), HasSubstr("not a URL"));
  EXPECT_THAT(fault("https://api:99999"), HasSubstr("not a URL"));
  EXPECT_THAT(fault("https://api?x=1"), HasSubstr("more than host, port and path"));
}

TEST(ServerAddress, APasswordInItIsAnErrorThatDoesNotShowIt) {
  EXPECT_THAT(fault("https://me:s3cret@api"), HasSubstr("holds a user name or password"));
  EXPECT_THAT(fault("https://me:s3cret@api"), Not(HasSubstr("s3cret")));
  EXPECT_THAT(fault("https://me:s3cret@api:99999"), Not(HasSubstr("s3cret")));
  EXPECT_THAT(fault("ftp://me:s3cret@api"), Not(HasSubstr("s3cret")));
}

}  // namespace
}  // namespace podreg::k8s
