// What is wrong with a command line, in one sentence that names the thing, and what was meant.
#include "cli/usage.h"

#include <gmock/gmock.h>

#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr const char* kShop = PODREG_SOURCE_DIR "/examples/shop.yaml";

struct WrongLine {
  std::vector<std::string> words;
  std::string sentence;
  std::string hint;
};

void PrintTo(const WrongLine& line, std::ostream* out) {
  *out << testing::PrintToString(line.words);
}

class Usage : public testing::TestWithParam<WrongLine> {};

TEST_P(Usage, IsToldInTheWordsOfPodreg) {
  const auto& [words, sentence, hint] = GetParam();
  const auto ran = run_podreg(words);
  EXPECT_EQ(ran.status, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err,
            "podreg: error: " + sentence + "\n" + (hint.empty() ? "" : "hint: " + hint + "\n"));
}

const WrongLine kOfTheParser[] = {
    {{"services", "--quiet=maybe"},
     "--quiet is there or not, and takes no \"maybe\"",
     "--quiet alone is as good as --quiet=true"},
    {{"services", "-o"},
     "--output lacks its value, FORMAT",
     "podreg help output tells what it takes"},
    {{"services", "-n"},
     "--namespace lacks its value, NAMESPACE",
     "podreg help connection tells what it takes"},
    {{"config"},
     "podreg config is not a command alone; there are podreg config check and podreg config view",
     "podreg config --help tells what each does"},
    {{"probe", "a", "--count", "1e3"},
     "--count: \"1e3\" is no number from 1 to 1000000",
     "a number is written with digits alone"},
    {{"probe", "a", "--concurrency", "0"},
     "--concurrency: \"0\" is no number from 1 to 256",
     "a number is written with digits alone"},
    {{"instances"},
     "podreg instances lacks SERVICE",
     "podreg instances --help shows what it takes"},
    {{"wait", "a"}, "podreg wait lacks --for CONDITION", "podreg wait --help shows what it takes"},
    {{"unregister", "a", "-l", "app=b"},
     "POD and --selector exclude each other",
     "podreg unregister --help shows what it takes"},
};
INSTANTIATE_TEST_SUITE_P(OfTheParser, Usage, testing::ValuesIn(kOfTheParser));

const WrongLine kCommands[] = {
    {{"get", "services"}, "unknown command \"get\"", "did you mean podreg services?"},
    {{"-n", "demo", "get", "svc"}, "unknown command \"get\"", "did you mean podreg services?"},
    {{"get", "endpoints", "a"}, "unknown command \"get\"", "did you mean podreg instances?"},
    {{"describe", "instances", "a"},
     "unknown command \"describe\"",
     "did you mean podreg instances?"},
    {{"servcies"}, "unknown command \"servcies\"", "did you mean services?"},
    {{"get"}, "unknown command \"get\"", "podreg --help lists the commands"},
    {{"services", "get"},
     "podreg services takes no argument \"get\"",
     "podreg services --help shows what it takes"},
};
INSTANTIATE_TEST_SUITE_P(Commands, Usage, testing::ValuesIn(kCommands));

const WrongLine kChoices[] = {
    {{"services", "--color", "alwyas"},
     "--color: \"alwyas\" is neither auto, always nor never",
     "did you mean always?"},
    {{"services", "--endpoint-source", "endpointslice"},
     "--endpoint-source: \"endpointslice\" is neither endpoints nor endpointslices",
     "did you mean endpointslices?"},
    {{"services", "--compression", "onn"},
     "--compression: \"onn\" is neither on, off nor auto",
     "did you mean on?"},
    {{"completion", "bahs"},
     "podreg completion: \"bahs\" is neither bash, zsh nor fish",
     "did you mean bash?"},
    {{"completion", "powershell"},
     "podreg completion: \"powershell\" is neither bash, zsh nor fish",
     ""},
    {{"metadata", "a", "--snapshot", kShop, "--via", "prot-forward"},
     "--via: \"prot-forward\" is neither direct, port-forward nor auto",
     "did you mean port-forward?"},
    {{"doctor", "--snapshot", kShop, "--fail-on", "warnings"},
     "--fail-on: \"warnings\" is neither error, warning nor never",
     "did you mean warning?"},
    {{"unregister", "a", "--dry-run", "cleint"},
     "--dry-run: \"cleint\" is neither client, server nor none",
     "did you mean client?"},
    {{"wait", "a", "--for", "intances=3"},
     "\"intances=3\" is no condition",
     "did you mean instances=3?"},
    {{"wait", "a", "--for", "no-warning"},
     "\"no-warning\" is no condition",
     "did you mean no-warnings?"},
    {{"completion", "bash", "-o", "yaml"},
     "completion has no -o yaml",
     "it prints a script; leave -o out"},
};
INSTANTIATE_TEST_SUITE_P(Choices, Usage, testing::ValuesIn(kChoices));

TEST(UsageOfContexts, TheNearestIsNamedFirst) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write(
      "config",
      R"({"contexts":[{"name":"other","context":{}},{"name":"podreg-test","context":{}}]})");
  const auto ran = run_podreg({"services", "--kubeconfig", file, "--context", "podreg-tes"});
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.err,
              HasSubstr("hint: did you mean podreg-test? contexts there: podreg-test, other\n"));
}

std::string err_on_example(std::vector<std::string> words) {
  words.insert(words.end(), {"--snapshot", kShop});
  return run_podreg(words).err;
}

TEST(UsageOfServices, TheNearestOfASnapshotIsNamed) {
  EXPECT_THAT(err_on_example({"instances", "shop-ordre"}), HasSubstr("did you mean shop-order?\n"));
  EXPECT_THAT(err_on_example({"instances", "shop-ordre", "-A"}),
              HasSubstr("did you mean shop-order?"));
  EXPECT_THAT(err_on_example({"instances", "nothing-like-it"}), Not(HasSubstr("did you mean")));
}

// A registry URL in the wrong place is refused without the token in it.
TEST(UsageOfUrls, AreRepeatedWithoutTheirSecrets) {
  const std::string url = "kubernetes://h?oauthToken=s3cret&a=b";
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"services", url},
                                             {"instances", url},
                                             {"services", "-n", url},
                                             {"services", "-o", url},
                                             {url},
                                             {"config", url},
                                             {"watch", "a", url}}) {
    const auto ran = run_podreg(words);
    EXPECT_NE(ran.status, 0);
    EXPECT_THAT(ran.err, Not(HasSubstr("s3cret"))) << words.front();
  }
}

TEST(UsageOfUrls, OfConsumersAreRepeatedWithoutTheirSecretsInWarningsToo) {
  const std::string url =
      "consumer://ann:s3cret@10.0.0.1/com.example.shop.OrderService?version=9.9.9&token=s3cret";
  const std::string metadata = std::string(PODREG_SOURCE_DIR) + "/examples/shop-metadata.json";
  for (const char* command : {"urls", "graph", "mapping", "doctor"}) {
    const auto ran =
        run_podreg({command, url, "--snapshot", kShop, "--metadata-file", "@" + metadata});
    EXPECT_NE(ran.err + ran.out, "") << command;
    EXPECT_THAT(ran.err + ran.out, Not(HasSubstr("s3cret"))) << command;
  }
}

TEST(UsageOfColumns, MayBeRepeatedAndHaveSpaces) {
  const auto header = [](std::vector<std::string> words) {
    words.insert(words.end(), {"--snapshot", kShop});
    const auto out = run_podreg(words).out;
    return out.substr(0, out.find('\n'));
  };
  EXPECT_EQ(header({"services", "--columns", "TYPE", "--columns", "NAME"}),
            header({"services", "--columns", "TYPE,NAME"}));
  EXPECT_THAT(header({"services", "--columns", "name, type "}), testing::StartsWith("NAME "));
}

}  // namespace
}  // namespace podreg::cli
