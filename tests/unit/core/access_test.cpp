#include "core/access.h"

#include <gmock/gmock.h>

#include <algorithm>

namespace podreg::core {
namespace {

using testing::ElementsAre;

// Says no to one permission, and notes what it was asked.
class Reviewer : public AccessReviewer {
 public:
  explicit Reviewer(Permission denied) : denied_(std::move(denied)) {}

  std::vector<AccessAnswer> review(const std::vector<Permission>& permissions,
                                   const std::optional<std::string>& ns) override {
    asked = permissions;
    asked_ns = ns;
    std::vector<AccessAnswer> answers;
    answers.reserve(permissions.size());
    for (const auto& permission : permissions) {
      answers.push_back({permission != denied_, permission.verb + " " + permission.resource});
    }
    return answers;
  }
  std::vector<AccessAnswer> review_account(const std::string& /*ns*/,
                                           const std::string& /*account*/,
                                           const std::vector<Permission>& permissions) override {
    return review(permissions, std::nullopt);
  }
  std::optional<Timestamp> time() override { return std::nullopt; }
  std::string user() override { return "ann"; }

  std::vector<Permission> asked;
  std::optional<std::string> asked_ns;

 private:
  Permission denied_;
};

TEST(Access, EachPermissionIsAskedForOnceAndAnsweredForEachCommand) {
  const std::vector<AccessNeed> needs = {
      {"a", {"list", "pods", ""}}, {"a", {"get", "services", ""}}, {"b", {"list", "pods", ""}}};
  Reviewer reviewer({"list", "pods", ""});

  const auto found = check_access(reviewer, needs, "demo");

  EXPECT_EQ(reviewer.asked.size(), 2U);
  EXPECT_EQ(reviewer.asked_ns, "demo");
  ASSERT_EQ(found.size(), 3U);
  EXPECT_FALSE(found[0].answer.allowed);
  EXPECT_TRUE(found[1].answer.allowed);
  EXPECT_FALSE(found[2].answer.allowed);
  EXPECT_EQ(found[1].answer.reason, "get services");
  EXPECT_EQ(found[2].need.command, "b");
}

TEST(Access, OfAllNamespacesNothingIsReadByName) {
  const auto reads_by_name = [](const AccessNeed& need) {
    return need.command == "instances" && need.permission.verb == "get";
  };
  EXPECT_TRUE(std::ranges::any_of(access_needs(false), reads_by_name));
  EXPECT_TRUE(std::ranges::none_of(access_needs(true), reads_by_name));
}

bool needs(const std::string& command, const Permission& permission) {
  return std::ranges::any_of(access_needs(false), [&](const AccessNeed& need) {
    return need.command == command && need.permission == permission;
  });
}

// Whoever names a Service reads only that one.
TEST(Access, InterfacesAreLookedForAmongAllServices) {
  for (const std::string resource : {"services", "endpoints"}) {
    EXPECT_TRUE(needs("mapping", {"list", resource, ""}));
    EXPECT_FALSE(needs("mapping", {"get", resource, ""}));
    EXPECT_TRUE(needs("urls", {"list", resource, ""}));
    EXPECT_TRUE(needs("urls", {"get", resource, ""}));
    EXPECT_FALSE(needs("instances", {"list", resource, ""}));
  }
}

TEST(RoleRules, ResourcesOfAGroupWithTheSameVerbsShareARule) {
  const auto rules = role_rules(access_needs(false));

  EXPECT_THAT(rules,
              ElementsAre(RoleRule{"", {"endpoints", "services"}, {"get", "list", "watch"}},
                          RoleRule{"", {"pods"}, {"get", "list", "patch", "watch"}},
                          RoleRule{"", {"pods/portforward"}, {"create", "get"}},
                          RoleRule{"discovery.k8s.io", {"endpointslices"}, {"list", "watch"}}));
}

TEST(RoleRules, OfAllNamespacesServicesAreOnlyListed) {
  EXPECT_EQ(role_rules(access_needs(true)).front(),
            (RoleRule{"", {"endpoints", "services"}, {"list", "watch"}}));
}

}  // namespace
}  // namespace podreg::core
