#include <gmock/gmock.h>

#include "cli/app.h"
#include "tests/support/fake_reviewer.h"
#include "tests/support/fake_streams.h"

namespace podreg::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr const char* kListPods = R"("verb":"list","group":"","resource":"pods")";

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

Ran check(const tests::FakeReviewer& server, std::vector<std::string> more, bool terminal = true) {
  std::vector<std::string> arguments = {"config", "check", "--server", server.url()};
  arguments.insert(arguments.end(), more.begin(), more.end());
  tests::FakeStreams fake(terminal);
  const int status =
      run(arguments, fake.streams, k8s::Environment([](const auto&) { return std::nullopt; }));
  return {status, fake.out.text(), fake.err.text()};
}

TEST(ConfigCheck, AllAllowedEndsWithZero) {
  const tests::FakeReviewer server({});
  const auto ran = check(server, {"-n", "demo"}, false);
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("COMMAND      VERB     RESOURCE                          ALLOWED\n"
                                 "doctor       list     services                          yes\n"));
  EXPECT_EQ(ran.err, "As user ann.\n");
}

TEST(ConfigCheck, WhatIsDeniedEndsWithFourAndTheWayToARole) {
  const tests::FakeReviewer server({kListPods});
  const auto ran = check(server, {"-n", "demo", "-o", "wide", "--color", "never"});
  EXPECT_EQ(ran.status, 4);
  EXPECT_THAT(ran.out, HasSubstr("pods                              no        no\n"));
  EXPECT_EQ(ran.err,
            "As user ann.\n"
            "podreg: error: 15 of 96 are not allowed in namespace \"demo\"\n"
            "hint: podreg config check -n demo -o yaml prints the Role that allows them\n");
}

TEST(ConfigCheck, JsonSaysForEachNeedWhetherItIsAllowed) {
  const tests::FakeReviewer server({kListPods});
  const auto ran = check(server, {"-n", "demo", "-o", "jsonl"});
  EXPECT_EQ(ran.status, 4);
  EXPECT_THAT(
      ran.out,
      HasSubstr(
          R"({"command":"services","verb":"list","resource":"pods","group":"","namespace":"demo","allowed":false,"reason":"no","user":"ann"})"));
}

TEST(ConfigCheck, YamlIsTheRoleWhateverIsAllowedAndAsksNobody) {
  const tests::FakeReviewer server({kListPods});
  const auto ran = check(server, {"-n", "demo", "-o", "yaml"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("kind: Role\nmetadata:\n  name: podreg\n  namespace: demo\n"));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST(ConfigCheck, OfAllNamespacesYamlIsAClusterRole) {
  const tests::FakeReviewer server({});
  const auto ran = check(server, {"-A", "-o", "yaml"});
  EXPECT_THAT(ran.out, HasSubstr("kind: ClusterRole\nmetadata:\n  name: podreg\nrules:\n"));
  EXPECT_THAT(ran.out, Not(HasSubstr("namespace")));
}

TEST(ConfigCheck, TheUsersNameCannotDriveTheTerminal) {
  const tests::FakeReviewer server({}, R"(ann\u001b[31m)");
  EXPECT_THAT(check(server, {"-n", "demo"}).err, Not(HasSubstr("\x1b[31m.")));
}

}  // namespace
}  // namespace podreg::cli
