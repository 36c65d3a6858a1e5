// What `podreg __complete` says of a kubeconfig, of the cache on disk and of files; snapshots and
// the words of the command line itself are in tests/golden/cli.
#include <gmock/gmock.h>

#include <map>

#include "cli/app.h"
#include "core/metadata_info.h"
#include "rpc/metadata_cache.h"
#include "tests/support/fake_streams.h"
#include "tests/support/raw_server.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::cli {
namespace {

class Completion : public testing::Test {
 protected:
  std::string complete(std::vector<std::string> words) {
    words.insert(words.begin(), "__complete");
    tests::FakeStreams fake(true);
    EXPECT_EQ(run(words, fake.streams, environment()), 0);
    EXPECT_EQ(fake.err.text(), "");
    return fake.out.text();
  }

  k8s::Environment environment() {
    return k8s::Environment([this](const std::string& name) {
      const auto found = variables_.find(name);
      return found == variables_.end() ? std::nullopt : std::optional(found->second);
    });
  }

  void use_kubeconfig(const std::string& server) {
    variables_["KUBECONFIG"] = folder_.write(
        "config", R"({"kind":"Config","current-context":"stage","clusters":[{"name":"east",)"
                  R"("cluster":{"server":")" +
                      server +
                      R"("}}],"users":[{"name":"ann","user":{}}],"contexts":[{"name":"stage",)"
                      R"("context":{"cluster":"east","user":"ann"}},{"name":"prod","context":)"
                      R"({"cluster":"east","user":"ann","namespace":"shop"}}]})");
  }

  void keep_revision() {
    core::MetadataInfo info;
    info.app = "shop-order";
    core::ServiceInfo service;
    service.name = "com.example.OrderService";
    service.protocol = "dubbo";
    service.params["methods"] = "add,echo";
    info.services[service.match_key()] = service;
    variables_["XDG_CACHE_HOME"] = folder_.path();
    rpc::MetadataCache(folder_.path() + "/podreg/metadata").keep(info.compute_revision(), info);
  }

  tests::TemporaryFolder folder_;
  std::map<std::string, std::string> variables_;
};

TEST_F(Completion, KnowsTheEntriesOfTheKubeconfig) {
  use_kubeconfig("https://127.0.0.1:1");
  EXPECT_EQ(complete({"services", "--context", ""}),
            "stage\teast as ann, the current one\nprod\teast as ann\n:4\n");
  EXPECT_EQ(complete({"services", "--cluster", "e"}), "east\thttps://127.0.0.1:1\n:4\n");
  EXPECT_EQ(complete({"services", "--user="}), "--user=ann\n:4\n");
}

TEST_F(Completion, KnowsTheKubeconfigThatTheLineNames) {
  use_kubeconfig("https://127.0.0.1:1");
  const auto file = variables_["KUBECONFIG"];
  variables_.clear();
  EXPECT_EQ(complete({"services", "--context", ""}), ":4\n");
  EXPECT_EQ(complete({"services", "--kubeconfig", file, "--context", "p"}),
            "prod\teast as ann\n:4\n");
}

TEST_F(Completion, IsSilentWhenTheServerCannotBeReached) {
  use_kubeconfig("http://127.0.0.1:1");
  EXPECT_EQ(complete({"instances", ""}), ":4\n");
  EXPECT_EQ(complete({"services", "-n", ""}), ":4\n");
}

TEST_F(Completion, KnowsInterfacesAndMethodsOfTheCache) {
  keep_revision();
  EXPECT_EQ(complete({"mapping", "com"}), "com.example.OrderService\tshop-order\n:4\n");
  EXPECT_EQ(complete({"wait", "x", "--for", "interface="}),
            "interface=com.example.OrderService\tshop-order\n:4\n");
  EXPECT_EQ(complete({"invoke", "shop-order", ""}),
            "com.example.OrderService.add\tshop-order\n"
            "com.example.OrderService.echo\tshop-order\n:4\n");
}

TEST_F(Completion, AsksNoServerForTheInterfacesOfTheCache) {
  const tests::RawServer server([](tests::Peer& peer) { peer.wait_for_end(); });
  use_kubeconfig(server.url());
  keep_revision();
  EXPECT_EQ(complete({"mapping", ""}), "com.example.OrderService\tshop-order\n:4\n");
  EXPECT_EQ(server.connections(), 0);
}

TEST_F(Completion, OffersFilesBehindTheAtSign) {
  const auto file = folder_.write("metadata.json", "{}");
  const auto typed = "@" + file.substr(0, file.size() - 5);
  EXPECT_EQ(complete({"register", "p", "--services", typed}), "@" + file + "\n:4\n");
}

TEST_F(Completion, TextWithControlCharactersIsNotOffered) {
  folder_.write("a\x1b]0;x.json", "{}");
  EXPECT_EQ(complete({"register", "p", "--services", "@" + folder_.path() + "/a"}), ":4\n");
}

}  // namespace
}  // namespace podreg::cli
