#include "k8s/impersonation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using tests::caught;

Impersonation jane() {
  Impersonation impersonation;
  impersonation.user = "jane";
  return impersonation;
}

std::string header_of_key(const std::string& key) {
  auto impersonation = jane();
  impersonation.extra = {{key, {"v"}}};
  return impersonation_headers(impersonation).at(1).first;
}

TEST(Impersonation, NobodyIsNoHeader) { EXPECT_THAT(impersonation_headers({}), IsEmpty()); }

TEST(Impersonation, AUserIsOneHeader) {
  EXPECT_THAT(impersonation_headers(jane()), ElementsAre(Pair("Impersonate-User", "jane")));
}

TEST(Impersonation, UidGroupsAndExtraFollowInTheirOrder) {
  auto impersonation = jane();
  impersonation.uid = "42";
  impersonation.groups = {"b", "a"};
  impersonation.extra = {{"second", {"x", "y"}}, {"first", {"z"}}, {"none", {}}};
  EXPECT_THAT(
      impersonation_headers(impersonation),
      ElementsAre(Pair("Impersonate-User", "jane"), Pair("Impersonate-Uid", "42"),
                  Pair("Impersonate-Group", "b"), Pair("Impersonate-Group", "a"),
                  Pair("Impersonate-Extra-second", "x"), Pair("Impersonate-Extra-second", "y"),
                  Pair("Impersonate-Extra-first", "z")));
}

TEST(Impersonation, KeysOfExtraAreEscapedAsInClientGo) {
  EXPECT_EQ(header_of_key("test"), "Impersonate-Extra-test");
  EXPECT_EQ(header_of_key("Test"), "Impersonate-Extra-Test");
  EXPECT_EQ(header_of_key("alpha-_.~!#$&'*+^`|09AZ"), "Impersonate-Extra-alpha-_.~!#$&'*+^`|09AZ");
  EXPECT_EQ(header_of_key("test.example.com/thing.thing"),
            "Impersonate-Extra-test.example.com%2Fthing.thing");
  EXPECT_EQ(header_of_key("some%20header"), "Impersonate-Extra-some%2520header");
  EXPECT_EQ(header_of_key("ᛏᛖᛋᛏ"), "Impersonate-Extra-%E1%9B%8F%E1%9B%96%E1%9B%8B%E1%9B%8F");
  EXPECT_EQ(header_of_key("a: b\r\nc"), "Impersonate-Extra-a%3A%20b%0D%0Ac");
}

TEST(Impersonation, UidGroupsOrExtraWithoutAUserAreRefused) {
  Impersonation uid;
  uid.uid = "1";
  Impersonation groups;
  groups.groups = {"g"};
  Impersonation extra;
  extra.extra = {{"k", {"v"}}};
  for (const auto& impersonation : {uid, groups, extra}) {
    const auto error = caught([&] { check_impersonation(impersonation, "user \"ann\""); });
    EXPECT_EQ(error.kind, ErrorKind::invalid_data);
    EXPECT_EQ(error.message, "user \"ann\" impersonates a uid, groups or extra without a user");
  }
  EXPECT_NO_THROW(check_impersonation({}, "x"));
}

TEST(Impersonation, ValuesThatAHeaderWouldNotCarryAreRefused) {
  const std::string bad[] = {
      "a\r\nImpersonate-User: root", "a\n", std::string("a\0b", 3), "a\x7f", " ", "   "};
  for (const auto& value : bad) {
    auto user = jane();
    user.user = value;
    auto group = jane();
    group.groups = {"ok", value};
    auto extra = jane();
    extra.extra = {{"k", {value}}};
    for (const auto& impersonation : {user, group, extra}) {
      EXPECT_EQ(caught([&] { check_impersonation(impersonation, "x"); }).kind,
                ErrorKind::invalid_data);
    }
  }
  auto empty = jane();
  empty.groups = {""};
  EXPECT_THAT(caught([&] { check_impersonation(empty, "x"); }).message, HasSubstr("as-groups"));
}

}  // namespace
}  // namespace podreg::k8s
