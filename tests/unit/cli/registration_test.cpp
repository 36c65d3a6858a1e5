// What register, update and unregister refuse of their command line; the rest is in
// tests/golden/cli.

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/app.h"
#include "tests/support/fake_streams.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

struct Ran {
  int status = 0;
  std::string err;
  std::string out;
};

// On the example snapshot, without changing it; `hostname` is $HOSTNAME.
Ran ran(std::vector<std::string> arguments, const std::optional<std::string>& hostname = {}) {
  for (const char* word :
       {"--snapshot", PODREG_SOURCE_DIR "/examples/shop.yaml", "--dry-run", "client"}) {
    arguments.emplace_back(word);
  }
  tests::FakeStreams fake(false);
  const k8s::Environment environment([&](const std::string& name) {
    return name == "HOSTNAME" ? hostname : std::optional<std::string>();
  });
  const int status = run(arguments, fake.streams, environment);
  return {status, fake.err.text(), fake.out.text()};
}

TEST(RegistrationCommands, AnEmptyPodIsNotThatOfTheHostname) {
  EXPECT_EQ(ran({"unregister"}, "shop-stock-0").status, 0);
  const auto empty = ran({"unregister", ""}, "shop-stock-0");
  EXPECT_EQ(empty.status, 2);
  EXPECT_THAT(empty.err, HasSubstr("POD is empty"));
}

TEST(RegistrationCommands, ABadNameSaysThatItIsTheHostname) {
  const auto bad = ran({"unregister"}, "Bad_Name");
  EXPECT_EQ(bad.status, 2);
  EXPECT_THAT(bad.err, AllOf(HasSubstr("$HOSTNAME"), HasSubstr("\"Bad_Name\"")));
  EXPECT_THAT(ran({"unregister", "Bad_Name"}).err, Not(HasSubstr("$HOSTNAME")));
}

TEST(RegistrationCommands, AnEntryThatIsNotUtf8IsRefused) {
  const auto bad = ran({"update", "shop-stock-0", "--set", "k=\xff"});
  EXPECT_EQ(bad.status, 2);
  EXPECT_THAT(bad.err, AllOf(HasSubstr("--set \"k="), HasSubstr("is not UTF-8")));
}

TEST(RegistrationCommands, AFieldManagerIsWhatTheApiServerTakes) {
  for (const auto& name : {std::string(129, 'x'), std::string("a\nb"), std::string("a\xff")}) {
    const auto bad = ran({"unregister", "shop-stock-0", "--field-manager", name});
    EXPECT_EQ(bad.status, 2);
    EXPECT_THAT(bad.err, HasSubstr("--field-manager"));
  }
  EXPECT_EQ(ran({"unregister", "shop-stock-0", "--field-manager", std::string(128, 'x')}).status,
            0);
}

TEST(RegistrationCommands, TheHelpOfUpdateSaysWhatBecomesOfAPodThatIsNotRegistered) {
  EXPECT_THAT(ran({"update", "--help"}).out,
              HasSubstr("with --unset and --timestamp alone nothing"));
}

// What others wrote into the pod is shown with it. A file gets the bytes as they are.
TEST(RegistrationCommands, APreviewOnATerminalHasNothingThatItWouldObey) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write(
      "pod.json",
      "{\"kind\":\"Pod\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"p\",\"namespace\":\"demo\","
      "\"annotations\":{\"note\":\"\xc2\x9b"
      "31mRED\"}}}\n");
  for (const bool terminal : {true, false}) {
    tests::FakeStreams fake(terminal);
    const k8s::Environment environment([](const auto&) { return std::nullopt; });
    EXPECT_EQ(run({"register", "p", "-n", "demo", "--set", "a=1", "--snapshot", file, "--dry-run",
                   "client"},
                  fake.streams, environment),
              0);
    EXPECT_THAT(fake.out.text(), HasSubstr("31mRED"));
    EXPECT_EQ(fake.out.text().find("\xc2\x9b") == std::string::npos, terminal);
  }
}

}  // namespace
}  // namespace podreg::cli
