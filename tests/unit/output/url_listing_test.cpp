#include "output/url_listing.h"

#include <gmock/gmock.h>

namespace podreg::output {
namespace {

core::DerivedUrl url_in(const std::string& ns) {
  core::DerivedUrl derived;
  derived.url = core::ServiceUrl::parse("dubbo://10.0.0.1:20880/x.A");
  derived.interface = "x.A";
  derived.pod = "shop-0";
  derived.ns = ns;
  return derived;
}

TEST(UrlListing, PodsOfTheSameNameInTwoNamespacesAreTwo) {
  const UrlListing listing({url_in("blue"), url_in("green")}, {}, {.show_namespace = true}, "");
  EXPECT_NE(listing.identity(0), listing.identity(1));
  EXPECT_EQ(listing.name(0), listing.name(1));
  EXPECT_EQ(listing.columns().front().title, "NAMESPACE");
  EXPECT_EQ(listing.cell(1, 0, Detail::table), "green");
}

TEST(UrlListing, ANamespaceThatWasNamedIsNoColumn) {
  const UrlListing listing({url_in("blue")}, {}, {}, "");
  EXPECT_EQ(listing.columns().front().title, "INTERFACE");
}

}  // namespace
}  // namespace podreg::output
