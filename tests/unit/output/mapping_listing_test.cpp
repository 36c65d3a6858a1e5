#include "output/mapping_listing.h"

#include <gtest/gtest.h>

#include "output/printer.h"
#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

using core::Mapping;
using core::MappingSource;
using core::Provider;

Provider provider(const std::string& application, bool known) {
  Provider result;
  result.application = application;
  result.known = known;
  return result;
}

// One that two applications provide, and one of which only a consumer's cache tells.
std::vector<Mapping> two_mappings() {
  Provider shop = provider("shop", true);
  shop.ns = "demo";
  shop.versions = {"", "1.0.0"};
  shop.groups = {"g1"};
  shop.protocols = {"dubbo", "tri"};
  shop.revisions = {"0123456789abcdef0123456789abcdef"};
  return {{"x.A", MappingSource::cluster, {shop, provider("web", true)}},
          {"x.B", MappingSource::cache, {provider("gone", false)}}};
}

std::string printed(Format format, std::vector<Mapping> mappings, const MappingView& view = {}) {
  CapturedStreams captured;
  Printer(captured.streams, {.format = format})
      .print(MappingListing(std::move(mappings), {}, view, "No interfaces found."));
  return captured.out.text() + captured.err.text();
}

TEST(MappingListing, TableHasARowForEachApplication) {
  EXPECT_EQ(printed(Format::table, two_mappings()),
            "INTERFACE   APPLICATION   VERSIONS       GROUPS      PROTOCOLS   SOURCE\n"
            "x.A         shop          <none>,1.0.0   g1          dubbo,tri   cluster\n"
            "x.A         web           <none>         <none>      <none>      cluster\n"
            "x.B         gone          <unknown>      <unknown>   <unknown>   cache\n");
}

TEST(MappingListing, WideTableAddsTheRevisions) {
  const auto text = printed(Format::wide, two_mappings());
  EXPECT_NE(text.find("SOURCE    REVISIONS\n"), std::string::npos);
  EXPECT_NE(text.find("cluster   0123456789abcdef0123456789abcdef\n"), std::string::npos);
}

TEST(MappingListing, NamespaceIsAColumnWhenAskedFor) {
  const auto text = printed(Format::table, two_mappings(), {.show_namespace = true});
  EXPECT_EQ(text.find("INTERFACE   NAMESPACE   APPLICATION"), 0U);
  EXPECT_NE(text.find("x.B         <none>      gone"), std::string::npos);
}

TEST(MappingListing, JsonHasAnItemForEachSourceOfAnInterface) {
  EXPECT_EQ(
      printed(Format::jsonl, two_mappings()),
      R"({"interface":"x.A","applications":["shop","web"],"source":"cluster","providers":[{"application":"shop","namespace":"demo","known":true,"versions":["","1.0.0"],"groups":["g1"],"protocols":["dubbo","tri"],"revisions":["0123456789abcdef0123456789abcdef"]},{"application":"web","namespace":"","known":true,"versions":[],"groups":[],"protocols":[],"revisions":[]}]})"
      "\n"
      R"({"interface":"x.B","applications":["gone"],"source":"cache","providers":[{"application":"gone","namespace":"","known":false,"versions":[],"groups":[],"protocols":[],"revisions":[]}]})"
      "\n");
}

TEST(MappingListing, NamesAreInterfacesEachOnce) {
  auto mappings = two_mappings();
  mappings.push_back(mappings.front());
  EXPECT_EQ(printed(Format::name, mappings), "interface/x.A\ninterface/x.B\n");
}

TEST(MappingListing, NothingFoundIsASentence) {
  EXPECT_EQ(printed(Format::name, {}), "No interfaces found.\n");
}

}  // namespace
}  // namespace podreg::output
