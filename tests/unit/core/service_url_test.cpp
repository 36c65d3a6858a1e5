#include "core/service_url.h"

#include <gmock/gmock.h>

#include "core/error.h"

namespace podreg::core {
namespace {

using testing::HasSubstr;

std::string refusal(std::string_view text) {
  try {
    ServiceUrl::parse(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::invalid_data);
    return error.what();
  }
  return "no error";
}

TEST(ServiceUrl, IsPrintedAsDubboPrintsIt) {
  const ServiceUrl url{"dubbo",
                       "10.0.0.1",
                       20880,
                       "com.example.OrderService",
                       {{"version", "1.0.0"}, {"methods", "add,echo"}, {"side", "provider"}}};
  EXPECT_EQ(url.to_string(),
            "dubbo://10.0.0.1:20880/com.example.OrderService?methods=add,echo&side=provider&"
            "version=1.0.0");
  EXPECT_EQ((ServiceUrl{"tri", "h", 0, "", {}}).to_string(), "tri://h");
  EXPECT_EQ((ServiceUrl{"tri", "fd00::1", 1, "p", {}}).to_string(), "tri://[fd00::1]:1/p");
  EXPECT_EQ((ServiceUrl{"tri", "fd00::1", 0, "", {}}).to_string(), "tri://[fd00::1]");
}

TEST(ServiceUrl, WhatIsPrintedReadsTheSame) {
  for (const std::string& text : {std::string("a b&c=d%e#f+g?h/i"), std::string("订单😀"),
                                  std::string("\x01\n\x7f", 3), std::string("{\"a\":[1]}")}) {
    const ServiceUrl url{"dubbo", "fd00::1", 20880, "p/" + text, {{text, text}, {"empty", ""}}};
    EXPECT_EQ(ServiceUrl::parse(url.to_string()), url) << url.to_string();
  }
}

TEST(ServiceUrl, ReadsWhatOperatorsPaste) {
  const auto url = ServiceUrl::parse("dubbo://ann:secret@h:1/a.B?x=1&&y&=z&w=a=b");
  EXPECT_EQ(url.host, "h");
  EXPECT_EQ(url.port, 1);
  EXPECT_EQ(url.path, "a.B");
  EXPECT_EQ(url.params.size(), 3U);
  EXPECT_EQ(url.param("w"), "a=b");
  EXPECT_EQ(url.param("absent"), "");
  EXPECT_EQ(ServiceUrl::parse("consumer://h?a=b/c").path, "");
  EXPECT_EQ(ServiceUrl::parse("tri://[::1]:5").host, "::1");
}

TEST(ServiceUrl, EverythingElseIsRefused) {
  EXPECT_THAT(refusal("h:1"), HasSubstr("names no protocol"));
  EXPECT_THAT(refusal("://h"), HasSubstr("names no protocol"));
  EXPECT_THAT(refusal("dubbo://"), HasSubstr("names no host"));
  EXPECT_THAT(refusal("dubbo://h:"), HasSubstr("port"));
  EXPECT_THAT(refusal("dubbo://h:0"), HasSubstr("port"));
  EXPECT_THAT(refusal("dubbo://h:65536"), HasSubstr("port"));
  EXPECT_THAT(refusal("dubbo://[::1"), HasSubstr("bracket"));
  EXPECT_THAT(refusal("dubbo://[::1]x"), HasSubstr("port"));
  EXPECT_THAT(refusal("dubbo://h/%zz"), HasSubstr("hexadecimal"));
  EXPECT_THAT(refusal("dubbo://h?a=%2"), HasSubstr("hexadecimal"));
}

}  // namespace
}  // namespace podreg::core
