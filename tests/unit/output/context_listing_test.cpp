#include "output/context_listing.h"

#include <gtest/gtest.h>

#include "core/probe.h"
#include "output/instance_listing.h"
#include "output/printer.h"
#include "output/probe_listing.h"
#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

core::Instance instance(std::string host, std::string pod) {
  core::Instance one;
  one.service_name = "shop";
  one.ns = "demo";
  one.host = std::move(host);
  one.port = 20880;
  one.pod = std::move(pod);
  one.metadata = std::make_shared<core::Metadata>(core::Metadata::parse(R"({"a":"1"})"));
  return one;
}

core::Warning not_registered(std::string pod) {
  return {core::WarningCode::pod_without_metadata, "demo", "shop", "", std::move(pod), ""};
}

KeptListing kept(std::vector<core::Instance> instances, std::vector<core::Warning> warnings = {},
                 const InstanceView& view = {}) {
  return KeptListing(
      InstanceListing(std::move(instances), std::move(warnings), view, "No instances found."));
}

std::vector<ContextResult> eu_us_and_one_that_is_down() {
  std::vector<ContextResult> results;
  results.push_back({"eu", kept({instance("10.0.0.2", "shop-0")}, {not_registered("shop-9")}), ""});
  results.push_back({"down", std::nullopt, "connection refused"});
  results.push_back({"us", kept({instance("10.0.0.1", "shop-0")}), ""});
  return results;
}

struct Printed {
  std::string out;
  std::string err;
};

Printed printed(std::vector<ContextResult> results, PrintOptions options) {
  CapturedStreams captured;
  Printer(captured.streams, std::move(options)).print(ContextListing(std::move(results)));
  return {captured.out.text(), captured.err.text()};
}

TEST(ContextListing, ATableHasAColumnForTheContext) {
  const auto text = printed(eu_us_and_one_that_is_down(), {});
  EXPECT_EQ(text.out,
            "CONTEXT   ADDRESS          POD      REVISION   PROTOCOLS\n"
            "eu        10.0.0.2:20880   shop-0   <none>     <none>\n"
            "us        10.0.0.1:20880   shop-0   <none>     <none>\n");
}

TEST(ContextListing, WarningsAndFailuresNameTheirContext) {
  const auto text = printed(eu_us_and_one_that_is_down(), {});
  EXPECT_NE(text.err.find("warning: context \"eu\": pod \"shop-9\" of Service"), std::string::npos)
      << text.err;
  EXPECT_NE(text.err.find("warning: context \"down\": connection refused\n"), std::string::npos)
      << text.err;
}

TEST(ContextListing, TheContextIsAFieldOfItemsAndWarnings) {
  const auto text = printed(eu_us_and_one_that_is_down(),
                            {.format = Format::jsonpath,
                             .jsonpath = JsonPath("{range .items[*]}{.context} {.host};{end}"
                                                  "{range .warnings[*]}{.context} {.code};{end}")});
  EXPECT_EQ(text.out, "eu 10.0.0.2;us 10.0.0.1;eu PodWithoutMetadata;down ContextFailed;");
}

TEST(ContextListing, DocumentsLookLikeThoseOfOneCluster) {
  const auto json = printed(eu_us_and_one_that_is_down(), {.format = Format::json}).out;
  EXPECT_NE(json.find("        {\n            \"context\": \"eu\",\n            \"serviceName\": "
                      "\"shop\",\n"),
            std::string::npos)
      << json;
  const auto yaml = printed(eu_us_and_one_that_is_down(), {.format = Format::yaml}).out;
  EXPECT_NE(yaml.find("context: eu\n"), std::string::npos) << yaml;
  EXPECT_NE(yaml.find("port: 20880\n"), std::string::npos) << yaml;
}

TEST(ContextListing, ItemsOfAllContextsAreSortedTogether) {
  const auto text =
      printed(eu_us_and_one_that_is_down(), {.format = Format::jsonpath,
                                             .jsonpath = JsonPath("{.items[*].context}"),
                                             .sort_by = relaxed_jsonpath(".host")});
  EXPECT_EQ(text.out, "us eu");
}

TEST(ContextListing, PodsOfTheSameNameInTwoClustersAreTwoPods) {
  EXPECT_EQ(printed(eu_us_and_one_that_is_down(), {.format = Format::name}).out,
            "pod/shop-0\npod/shop-0\n");
}

TEST(ContextListing, AColumnThatOnlyOneHasIsEmptyForTheOthers) {
  std::vector<ContextResult> results;
  results.push_back({"eu", kept({instance("10.0.0.2", "shop-0")}), ""});
  results.push_back({"us", kept({instance("10.0.0.1", "shop-1")}, {}, {.show_service = true}), ""});
  const auto text = printed(std::move(results), {.columns = {"CONTEXT", "SERVICE", "POD"}});
  EXPECT_EQ(text.out,
            "CONTEXT   SERVICE   POD\n"
            "eu        <none>    shop-0\n"
            "us        shop      shop-1\n");
}

TEST(ContextListing, WhatIsEmptyEverywhereSaysSoOfEach) {
  std::vector<ContextResult> results;
  results.push_back({"eu", kept({}), ""});
  results.push_back({"us", kept({}), ""});
  EXPECT_EQ(printed(std::move(results), {}).err,
            "context \"eu\": No instances found. context \"us\": No instances found.\n");
}

core::ProbeSeries failing_probe() {
  core::ProbeSeries series;
  series.url.url.protocol = "dubbo";
  series.url.url.host = "10.0.0.1";
  series.url.url.port = 20880;
  series.url.application = "shop";
  series.count = 1;
  series.failed = 1;
  series.last.status = core::ProbeStatus::refused;
  return series;
}

TEST(ContextListing, AReportHoldsTheCasesOfAllAndAContextThatFailsIsOne) {
  std::vector<ContextResult> results;
  results.push_back({"down", std::nullopt, "connection refused"});
  results.push_back({"eu", KeptListing(ProbeListing({failing_probe()}, false, {}, "")), ""});
  const auto text = printed(std::move(results), {.format = Format::junit});
  EXPECT_NE(text.out.find("eu: shop"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("connection refused"), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("failures=\"2\""), std::string::npos) << text.out;
}

}  // namespace
}  // namespace podreg::output
