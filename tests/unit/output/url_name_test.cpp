// What `-o name` prints of what is about URLs.

#include "output/url_name.h"

#include <gtest/gtest.h>

#include "output/invocation_listing.h"
#include "output/load_listing.h"
#include "output/printer.h"
#include "output/probe_listing.h"
#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

core::DerivedUrl typed(const char* url) {
  core::DerivedUrl derived;
  derived.url = core::ServiceUrl::parse(url);
  return derived;
}

core::DerivedUrl of_pod(std::string ns, std::string pod) {
  auto derived = typed("dubbo://10.0.0.1:20880/x.A");
  derived.ns = std::move(ns);
  derived.pod = std::move(pod);
  return derived;
}

using Urls = std::vector<core::DerivedUrl>;

template <typename Item>
std::vector<Item> items_of(const Urls& urls) {
  std::vector<Item> items(urls.size());
  for (std::size_t i = 0; i < urls.size(); ++i) items[i].url = urls[i];
  return items;
}

std::string names_in(const Listing& listing) {
  CapturedStreams captured;
  Printer(captured.streams, {.format = Format::name}).print(listing);
  return captured.out.text();
}

void expect_names(const Urls& urls, const std::string& names) {
  EXPECT_EQ(names_in(ProbeListing(items_of<core::ProbeSeries>(urls), false, {}, "")), names);
  EXPECT_EQ(names_in(InvocationListing(items_of<core::Invocation>(urls), {})), names);
  EXPECT_EQ(names_in(LoadListing(items_of<core::InvocationLoad>(urls), {})), names);
}

TEST(UrlName, OfAUrlWithoutAPodIsTheUrl) {
  expect_names({typed("dubbo://127.0.0.1:1"), typed("dubbo://127.0.0.1:2")},
               "dubbo://127.0.0.1:1\ndubbo://127.0.0.1:2\n");
}

TEST(UrlName, OfPodsOfTheSameNameInTwoNamespacesIsThereTwice) {
  expect_names({of_pod("blue", "shop-0"), of_pod("green", "shop-0")}, "pod/shop-0\npod/shop-0\n");
}

TEST(UrlName, OfAPodWithSeveralUrlsIsThereOnce) {
  expect_names({of_pod("blue", "shop-0"), of_pod("blue", "shop-0")}, "pod/shop-0\n");
}

}  // namespace
}  // namespace podreg::output
