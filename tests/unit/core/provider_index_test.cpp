#include "core/provider_index.h"

#include <gmock/gmock.h>

#include "tests/support/registered_shop.h"

namespace podreg::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using tests::RegisteredShop;

constexpr const char* kOrders = "com.example.OrderService";
constexpr const char* kStock = "com.example.StockService";

ProviderIndex index_of(const RegisteredShop& shop) { return {shop.instances, shop.revisions}; }

Mapping stated(const std::vector<std::string>& applications, const std::string& ns = "") {
  Mapping mapping{kOrders, MappingSource::provided_by, {}};
  for (const auto& application : applications) {
    Provider provider;
    provider.application = application;
    provider.ns = ns;
    mapping.providers.push_back(provider);
  }
  return mapping;
}

std::vector<std::string> lines(const std::vector<Warning>& warnings) {
  std::vector<std::string> result;
  for (const auto& warning : warnings) {
    result.push_back(std::string(to_string(warning.code)) + " " + warning.service + " " +
                     warning.detail);
  }
  return result;
}

TEST(ProviderIndex, AnInterfaceHasThoseWhoExportIt) {
  RegisteredShop shop;
  shop.add("shop-b", "r1", {{kOrders, "", "", "dubbo"}, {kStock, "", "", "dubbo"}});
  shop.add("shop-a", "r2", {{kOrders, "", "", "tri"}});
  const auto mapping = index_of(shop).find(kOrders);
  EXPECT_EQ(mapping.source, MappingSource::cluster);
  EXPECT_THAT(mapping.applications(), ElementsAre("shop-a", "shop-b"));
  EXPECT_THAT(index_of(shop).find("com.example.NoService").providers, IsEmpty());
  EXPECT_THAT(index_of(shop).interfaces(), ElementsAre(kOrders, kStock));
}

TEST(ProviderIndex, AProviderHasWhatAllItsRevisionsExport) {
  RegisteredShop shop;
  shop.add("shop", "r2", {{kOrders, "g2", "2.0.0", "tri"}, {kOrders, "", "", "tri"}});
  shop.add("shop", "r1", {{kOrders, "g1", "1.0.0", "dubbo"}, {kOrders, "g1", "2.0.0", "dubbo"}});
  const auto providers = index_of(shop).find(kOrders).providers;
  ASSERT_EQ(providers.size(), 1U);
  EXPECT_TRUE(providers[0].known);
  EXPECT_THAT(providers[0].versions, ElementsAre("", "1.0.0", "2.0.0"));
  EXPECT_THAT(providers[0].groups, ElementsAre("", "g1", "g2"));
  EXPECT_THAT(providers[0].protocols, ElementsAre("dubbo", "tri"));
  EXPECT_THAT(providers[0].revisions, ElementsAre("r1", "r2"));
}

TEST(ProviderIndex, AStatedApplicationIsThereInEachNamespaceThatProvidesIt) {
  RegisteredShop shop;
  shop.add("shop", "r1", {{kOrders, "", "", "dubbo"}}, "blue");
  shop.add("shop", "r1", {{kOrders, "", "", "dubbo"}}, "green");
  auto mapping = stated({"shop", "other"});
  index_of(shop).complete(mapping);
  ASSERT_EQ(mapping.providers.size(), 3U);
  EXPECT_EQ(mapping.providers[0].ns, "blue");
  EXPECT_EQ(mapping.providers[1].ns, "green");
  EXPECT_EQ(mapping.providers[2].application, "other");
  EXPECT_EQ(mapping.providers[2].ns, "");
}

std::vector<std::string> differences(const RegisteredShop& shop, Mapping mapping) {
  const auto index = index_of(shop);
  index.complete(mapping);
  return lines(index.differences(mapping));
}

TEST(ProviderIndex, NothingIsSaidOfAMappingThatIsRight) {
  RegisteredShop shop;
  shop.add("shop", "r1", {{kOrders, "", "", "dubbo"}});
  EXPECT_THAT(differences(shop, stated({"shop"})), IsEmpty());
}

TEST(ProviderIndex, AStaleApplicationAndOneThatIsLeftOutAreDifferences) {
  RegisteredShop shop;
  shop.add("shop", "r1", {{kOrders, "", "", "dubbo"}});
  shop.add("stock", "r2", {{kStock, "", "", "dubbo"}});
  EXPECT_THAT(differences(shop, stated({"gone", "stock"})),
              ElementsAre("ApplicationNotRegistered gone com.example.OrderService (provided-by)",
                          "InterfaceNotProvided stock com.example.OrderService (provided-by)",
                          "ProviderLeftOut shop com.example.OrderService (provided-by)"));
}

// It may provide the interface in the revision of which nobody answered.
TEST(ProviderIndex, OfAnApplicationThatIsNotKnownNothingIsSaid) {
  RegisteredShop shop;
  shop.add("stock", "r1", {{kStock, "", "", "dubbo"}});
  shop.add_silent("stock", "r2");
  EXPECT_THAT(differences(shop, stated({"stock"})), IsEmpty());
  EXPECT_EQ(index_of(shop).applications(), 1U);
}

}  // namespace
}  // namespace podreg::core
