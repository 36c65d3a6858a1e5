#include "output/service_listing.h"

#include <gtest/gtest.h>

#include "output/printer.h"
#include "tests/unit/output/captured_streams.h"

namespace podreg::output {
namespace {

std::vector<core::ServiceSummary> two_services() {
  core::ServiceSummary shop;
  shop.ns = "demo";
  shop.name = "shop";
  shop.type = "ClusterIP";
  shop.selector = {{"app", "shop"}, {"tier", "1"}};
  shop.ports = {{"dubbo", "TCP", 20880, "20880"}, {"tri", "TCP", 50051, "tri"}};
  shop.ready_addresses = 12;
  shop.instances = 24;
  shop.revisions = {"0", "0123456789abcdef0123456789abcdef"};
  shop.protocols = {"dubbo", "tri"};
  core::ServiceSummary web;
  web.ns = "demo";
  web.name = "web";
  return {shop, web};
}

std::string printed(Format format, const ServiceView& view = {}) {
  CapturedStreams captured;
  Printer(captured.streams, {.format = format})
      .print(ServiceListing(two_services(), {}, view, "No Services found"));
  return captured.out.text() + captured.err.text();
}

TEST(ServiceListing, TableCountsWhatIsBehindEachService) {
  EXPECT_EQ(printed(Format::table),
            "NAME   TYPE        READY   INSTANCES   REVISIONS    PROTOCOLS\n"
            "shop   ClusterIP      12          24   0,01234567   dubbo,tri\n"
            "web    <none>          0           0   <none>       <none>\n");
}

TEST(ServiceListing, NamespaceIsAColumnWhenAskedFor) {
  EXPECT_EQ(printed(Format::table, {.show_namespace = true}).find("NAMESPACE   NAME"), 0U);
}

TEST(ServiceListing, WideTableAddsPortsAndSelector) {
  EXPECT_EQ(printed(Format::wide),
            "NAME   TYPE        READY   INSTANCES   REVISIONS                            "
            "PROTOCOLS   PORTS                 SELECTOR\n"
            "shop   ClusterIP      12          24   0,0123456789abcdef0123456789abcdef   "
            "dubbo,tri   20880/TCP,50051/TCP   app=shop,tier=1\n"
            "web    <none>          0           0   <none>                               "
            "<none>      <none>                <none>\n");
}

TEST(ServiceListing, JsonHasEveryFieldOfTheContract) {
  EXPECT_EQ(
      printed(Format::jsonl),
      R"({"name":"shop","namespace":"demo","type":"ClusterIP","selector":{"app":"shop","tier":"1"},"ports":[{"name":"dubbo","port":20880,"protocol":"TCP","targetPort":20880},{"name":"tri","port":50051,"protocol":"TCP","targetPort":"tri"}],"readyAddresses":12,"instances":24,"revisions":["0","0123456789abcdef0123456789abcdef"],"protocols":["dubbo","tri"]})"
      "\n"
      R"({"name":"web","namespace":"demo","type":"","selector":{},"ports":[],"readyAddresses":0,"instances":0,"revisions":[],"protocols":[]})"
      "\n");
}

TEST(ServiceListing, NamesAreServices) {
  EXPECT_EQ(printed(Format::name), "service/shop\nservice/web\n");
}

}  // namespace
}  // namespace podreg::output
