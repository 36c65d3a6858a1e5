#include "k8s/masking.h"

#include <gtest/gtest.h>

namespace podreg::k8s {
namespace {

TEST(MaskHeader, CredentialsAndCookiesAreMaskedWhateverTheCase) {
  for (const char* name : {"Authorization", "PROXY-AUTHORIZATION", "cookie", "Set-Cookie",
                           "X-Auth-Token", "X-Api-Key", "X-Client-Secret"}) {
    EXPECT_EQ(mask_header(name, "s3cret"), std::string(name) + ": <masked>");
  }
  EXPECT_EQ(mask_header("Content-Type", "text/plain"), "Content-Type: text/plain");
  EXPECT_EQ(mask_header("WWW-Authenticate", "Bearer"), "WWW-Authenticate: Bearer");
  EXPECT_EQ(mask_header("Location", "https://ann:s3cret@host/?token=s3cret"),
            "Location: https://<masked>@host/?token=<masked>");
}

TEST(MaskUrl, UserAndSecretParametersAreMasked) {
  EXPECT_EQ(mask_url("https://host:1/a?b=c&access_token=s3cret&d=e#f"),
            "https://host:1/a?b=c&access_token=<masked>&d=e#f");
  EXPECT_EQ(mask_url("see http://u:s3cret@h/ and https://s3cret@h2/?password=s3cret."),
            "see http://<masked>@h/ and https://<masked>@h2/?password=<masked>");
  EXPECT_EQ(mask_url("http://u:s3@cret@h:1/a@b"), "http://<masked>@h:1/a@b");
  EXPECT_EQ(mask_url("GET /api?client_secret=s3cret HTTP/1.1"),
            "GET /api?client_secret=<masked> HTTP/1.1");
}

TEST(MaskUrl, EverythingElseStays) {
  for (const char* text : {"", "https://host", "https://host/a@b?c=d@e", "/api?labelSelector=a%3Db",
                           "?", "a&b", "://", "x?token", "https://host?continue=abc"}) {
    EXPECT_EQ(mask_url(text), text);
  }
}

TEST(MaskJson, TextsUnderSecretNamesAreMasked) {
  EXPECT_EQ(mask_json(R"({"token":"s3cret","user":"ann","id_token" : "s3\"cret"})"),
            R"({"token":"<masked>","user":"ann","id_token" : "<masked>"})");
  EXPECT_EQ(mask_json(R"({"client-key-data":"s3cret","clientKeyData":"s3cret","password":["a"]})"),
            R"({"client-key-data":"<masked>","clientKeyData":"<masked>","password":["<masked>"]})");
}

TEST(MaskJson, TheDataOfASecretIsMaskedAndNothingBehindIt) {
  EXPECT_EQ(mask_json(R"({"data":{"a":"s3cret","b":{"c":"s3cret"}},"kind":"Secret"})"),
            R"({"data":{"a":"<masked>","b":{"c":"<masked>"}},"kind":"Secret"})");
  EXPECT_EQ(mask_json(R"([{"stringData":{"a":"s3cret"}},{"kind":"Pod"}])"),
            R"([{"stringData":{"a":"<masked>"}},{"kind":"Pod"}])");
}

TEST(MaskJson, WhatIsCutOffIsMaskedToo) {
  EXPECT_EQ(mask_json(R"({"token":"s3cr)"), R"({"token":"<masked>")");
  EXPECT_EQ(mask_json(R"({"data":{"a":"s3cr\)"), R"({"data":{"a":"<masked>")");
}

TEST(MaskJson, TheRestStays) {
  const char* pod =
      R"({"metadata":{"annotations":{"io.dubbo/metadata":"{\"token\":\"shown\"}"}},"spec":)"
      R"({"automountServiceAccountToken":false,"volumes":[{"secret":{"secretName":"x"}}]}})";
  EXPECT_EQ(mask_json(pod), pod);
  for (const char* odd : {"", "\"", "}}}", "{\"", "not json at all", "\"\\"}) {
    EXPECT_EQ(mask_json(odd), odd);
  }
}

TEST(MaskOccurrences, AreMaskedWhereverTheyAre) {
  EXPECT_EQ(mask_occurrences("a s3cret, s3crets3cret", {"", "abc", "s3cret"}),
            "a <masked>, <masked><masked>");
}

}  // namespace
}  // namespace podreg::k8s
