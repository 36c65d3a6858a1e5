#include "output/instance_listing.h"

#include <gtest/gtest.h>

#include "output/printer.h"
#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

constexpr std::string_view kAnnotation =
    R"({"dubbo.metadata-service.url-params":"{\"protocol\":\"dubbo\",\"port\":\"20881\"}",)"
    R"("dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"},{\"port\":50051,\"protocol\":\"tri\"},{\"port\":20890,\"protocol\":\"dubbo\"}]",)"
    R"("dubbo.metadata.revision":"0123456789abcdef0123456789abcdef","timestamp":"1690000000123","weight":1.50,"on":"no"})";

core::Instance instance(std::string host, std::string pod, std::string_view annotation) {
  core::Instance result;
  result.service_name = "shop";
  result.ns = "demo";
  result.host = std::move(host);
  result.port = 20880;
  result.pod = std::move(pod);
  result.metadata = std::make_shared<core::Metadata>(core::Metadata::parse(annotation));
  return result;
}

std::vector<core::Instance> two_instances() {
  std::vector<core::Instance> instances;
  instances.push_back(instance("10.0.0.1", "shop-0", kAnnotation));
  instances.back().node = "node-1";
  instances.push_back(instance("fd00::1", "shop-1", R"({"timestamp":"soon"})"));
  return instances;
}

std::string printed(const std::vector<core::Instance>& instances, Format format,
                    const InstanceView& view = {}) {
  CapturedStreams captured;
  Printer(captured.streams, {.format = format})
      .print(InstanceListing(instances, {}, view, "No instances found"));
  return captured.out.text() + captured.err.text();
}

TEST(InstanceListing, TableShowsWhereInstancesAreAndWhatTheyAre) {
  EXPECT_EQ(printed(two_instances(), Format::table),
            "ADDRESS           POD      REVISION   PROTOCOLS\n"
            "10.0.0.1:20880    shop-0   01234567   dubbo,tri\n"
            "[fd00::1]:20880   shop-1   <none>     <none>\n");
}

TEST(InstanceListing, NamespaceAndServiceAreColumnsWhenAskedFor) {
  EXPECT_EQ(printed({instance("10.0.0.1", "shop-0", "{}")}, Format::table,
                    {.show_namespace = true, .show_service = true}),
            "NAMESPACE   SERVICE   ADDRESS          POD      REVISION   PROTOCOLS\n"
            "demo        shop      10.0.0.1:20880   shop-0   <none>     <none>\n");
}

TEST(InstanceListing, WideTableHasAllOfIt) {
  EXPECT_EQ(printed(two_instances(), Format::wide),
            "ADDRESS           POD      REVISION                           PROTOCOLS   NODE     "
            "REGISTERED             METADATA-SERVICE\n"
            "10.0.0.1:20880    shop-0   0123456789abcdef0123456789abcdef   dubbo,tri   node-1   "
            "2023-07-22T04:26:40Z   dubbo:20881\n"
            "[fd00::1]:20880   shop-1   <none>                             <none>      <none>   "
            "<invalid>              <none>\n");
}

TEST(InstanceListing, MetadataServiceThatCannotBeReadIsSaid) {
  for (const auto* params : {"x", "[]", "{\\\"port\\\":1}", ""}) {
    const auto annotation =
        std::string(R"({"dubbo.metadata-service.url-params":")") + params + "\"}";
    EXPECT_NE(printed({instance("10.0.0.1", "p", annotation)}, Format::wide).find("<invalid>"),
              std::string::npos)
        << params;
  }
}

TEST(InstanceListing, JsonHasMetadataAsRegistered) {
  const auto line = printed(two_instances(), Format::jsonl);
  EXPECT_EQ(
      line,
      R"({"serviceName":"shop","namespace":"demo","host":"10.0.0.1","port":20880,"pod":"shop-0","node":"node-1","revision":"0123456789abcdef0123456789abcdef","protocols":["dubbo","tri"],"metadata":{"dubbo.metadata-service.url-params":"{\"protocol\":\"dubbo\",\"port\":\"20881\"}","dubbo.endpoints":"[{\"port\":20880,\"protocol\":\"dubbo\"},{\"port\":50051,\"protocol\":\"tri\"},{\"port\":20890,\"protocol\":\"dubbo\"}]","dubbo.metadata.revision":"0123456789abcdef0123456789abcdef","timestamp":"1690000000123","weight":1.50,"on":"no"}})"
      "\n"
      R"({"serviceName":"shop","namespace":"demo","host":"fd00::1","port":20880,"pod":"shop-1","node":"","revision":"","protocols":[],"metadata":{"timestamp":"soon"}})"
      "\n");
}

TEST(InstanceListing, NamesArePods) {
  EXPECT_EQ(printed(two_instances(), Format::name), "pod/shop-0\npod/shop-1\n");
}

TEST(InstanceListing, AnEmptyOneSaysWhatItWasTold) {
  EXPECT_EQ(printed({}, Format::table), "No instances found\n");
}

}  // namespace
}  // namespace podreg::output
