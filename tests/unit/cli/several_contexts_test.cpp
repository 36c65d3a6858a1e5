// Commands in several clusters: which contexts there are, what each is given, what becomes of it.
#include "cli/several_contexts.h"

#include <gmock/gmock.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "cli/app.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "core/error.h"
#include "k8s/connection_selection.h"
#include "output/setting_listing.h"
#include "tests/support/fake_streams.h"
#include "tests/support/raw_server.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr const char* kKubeconfig = R"(
apiVersion: v1
kind: Config
clusters:
- {name: one, cluster: {server: "http://127.0.0.1:1"}}
users: [{name: me, user: {}}]
contexts:
- {name: eu, context: {cluster: one, user: me}}
- {name: us, context: {cluster: one, user: me}}
- {name: "asia,south", context: {cluster: one, user: me}}
)";

class SeveralContexts : public testing::Test {
 protected:
  SeveralContexts() { options_.kubeconfig = folder_.write("config", kKubeconfig); }

  std::optional<std::vector<std::string>> contexts(const std::string& list) {
    options_.overrides.context = list;
    return several_contexts(options_, environment_);
  }

  int run(const cli::Run& command) {
    const auto names = several_contexts(options_, environment_);
    Context all(options_, fake_.streams, environment_);
    return run_in_contexts(command, names.value(), options_, all);
  }

  tests::TemporaryFolder folder_;
  GlobalOptions options_;
  k8s::Environment environment_{[](const std::string&) { return std::nullopt; }};
  tests::FakeStreams fake_{false};
};

int print_context(Context& context) {
  const auto name = context.selection().context;
  context.printer().print(output::SettingListing({{"name", name, "test", {}, {}}}, ""));
  return kExitDone;
}

int fail_in_us(Context& context) {
  if (context.selection().context == "us") {
    throw core::Error(core::ErrorKind::unreachable, "no route", "look at the cable");
  }
  return print_context(context);
}

TEST_F(SeveralContexts, AreNamedWithCommasBetweenThem) {
  EXPECT_EQ(contexts("eu"), std::nullopt);
  EXPECT_THAT(contexts("us,eu,us").value(), ElementsAre("us", "eu"));
}

TEST_F(SeveralContexts, ANameWithACommaIsOneName) {
  EXPECT_EQ(contexts("asia,south"), std::nullopt);
}

TEST_F(SeveralContexts, AllAreThoseOfTheKubeconfigInItsOrder) {
  options_.all_contexts = true;
  EXPECT_THAT(contexts("").value(), ElementsAre("eu", "us", "asia,south"));
}

TEST_F(SeveralContexts, AllAndSomeExcludeEachOther) {
  options_.all_contexts = true;
  EXPECT_THROW(contexts("eu"), core::Error);
}

TEST_F(SeveralContexts, OneThatDoesNotExistIsAnErrorBeforeAnythingIsAsked) {
  try {
    contexts("eu,uss");
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::not_found);
    EXPECT_THAT(error.what(), HasSubstr("\"uss\""));
  }
}

TEST_F(SeveralContexts, AFlagThatNamesAClusterIsRefused) {
  options_.snapshots = {"shop.yaml"};
  EXPECT_THROW(contexts("eu,us"), core::Error);
  options_.snapshots.clear();
  options_.overrides.server = "https://127.0.0.1";
  EXPECT_THROW(contexts("eu,us"), core::Error);
}

TEST_F(SeveralContexts, EachRunsInItsOwnAndTheResultIsOneList) {
  contexts("us,eu");
  EXPECT_EQ(run(print_context), kExitDone);
  EXPECT_EQ(fake_.out.text(),
            "CONTEXT   SETTING   VALUE   SOURCE\n"
            "us        name      us      test\n"
            "eu        name      eu      test\n");
  EXPECT_EQ(fake_.err.text(), "");
}

TEST_F(SeveralContexts, AreAskedAtTheSameTime) {
  contexts("us,eu");
  std::mutex mutex;
  std::condition_variable both;
  int running = 0;
  const auto status = run([&](Context&) {
    std::unique_lock lock(mutex);
    ++running;
    both.notify_all();
    return both.wait_for(lock, std::chrono::seconds(10), [&] { return running == 2; }) ? 0 : 1;
  });
  EXPECT_EQ(status, 0);
}

TEST_F(SeveralContexts, OneThatFailsIsAWarningAndTheStatus) {
  contexts("us,eu");
  EXPECT_EQ(run(fail_in_us), 5);
  EXPECT_THAT(fake_.out.text(), HasSubstr("eu        name"));
  EXPECT_EQ(fake_.err.text(), "warning: context \"us\": no route; look at the cable\n");
}

TEST_F(SeveralContexts, OneThatFailsIsToldWithQuietToo) {
  options_.quiet = true;
  contexts("us,eu");
  EXPECT_EQ(run(fail_in_us), 5);
  EXPECT_THAT(fake_.err.text(), HasSubstr("no route"));
}

TEST_F(SeveralContexts, WhatOnlySomeHaveIsNoFailure) {
  contexts("us,eu");
  const auto status = run([](Context& context) {
    const bool us = context.selection().context == "us";
    if (us) throw core::Error(core::ErrorKind::not_found, "Service \"a\" not found");
    return print_context(context);
  });
  EXPECT_EQ(status, kExitDone);
  EXPECT_THAT(fake_.err.text(), HasSubstr("warning: context \"us\": Service \"a\" not found"));
}

TEST_F(SeveralContexts, WhenAllFailTheCommandFails) {
  contexts("us,eu");
  try {
    run([](Context& context) -> int {
      throw core::Error(core::ErrorKind::not_found, "no " + context.selection().context);
    });
    FAIL();
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::not_found);
    EXPECT_STREQ(error.what(), "context \"us\": no us; context \"eu\": no eu");
  }
  EXPECT_EQ(fake_.err.text(), "");
}

TEST_F(SeveralContexts, TheAnswerIsNoWhenOneSaysNo) {
  contexts("us,eu");
  EXPECT_EQ(run([](Context& context) { return context.selection().context == "us" ? 1 : 0; }), 1);
}

TEST_F(SeveralContexts, TextsFollowEachOtherUnderTheirContexts) {
  contexts("us,eu");
  run([](Context& context) {
    context.printer().print_text([&](core::TextSink& out, bool) {
      out.write("I am " + context.selection().context + "\n");
    });
    return kExitDone;
  });
  EXPECT_EQ(fake_.out.text(), "context \"us\"\nI am us\n\ncontext \"eu\"\nI am eu\n");
}

TEST_F(SeveralContexts, LinesOnStandardErrorNameTheirContext) {
  contexts("us,eu");
  run([](Context& context) {
    context.warn("of " + context.selection().context);
    return kExitDone;
  });
  EXPECT_THAT(fake_.err.text(), HasSubstr("[us] warning: of us\n"));
  EXPECT_THAT(fake_.err.text(), HasSubstr("[eu] warning: of eu\n"));
}

TEST_F(SeveralContexts, CommandsThatHaveOneClusterRefuseThem) {
  for (const auto& line :
       std::vector<std::vector<std::string>>{{"watch", "a"}, {"unregister", "a"}, {"snapshot"}}) {
    auto arguments = line;
    arguments.insert(arguments.end(), {"--kubeconfig", options_.kubeconfig, "--context", "eu,us"});
    EXPECT_EQ(cli::run(arguments, fake_.streams, environment_), 2) << line.front();
  }
  EXPECT_THAT(fake_.err.text(), HasSubstr("snapshot takes one context"));
}

// An API server with one instance of the Service shop, whose pod has that name, and no Service
// shap.
void serve_shop(tests::Peer& peer, const std::string& pod) {
  const std::string meta = R"("metadata":{"name":"shop","namespace":"default"},)";
  const std::string service =
      R"({"apiVersion":"v1","kind":"Service",)" + meta + R"("spec":{"selector":{"app":"shop"}}})";
  const std::string endpoints =
      R"({"apiVersion":"v1","kind":"Endpoints",)" + meta +
      R"("subsets":[{"addresses":[{"ip":"10.0.0.1","targetRef":{"kind":"Pod","name":")" + pod +
      R"("}}],"ports":[{"port":20880}]}]})";
  const std::string pods =
      R"({"apiVersion":"v1","kind":"PodList","metadata":{},"items":[{"metadata":{"name":")" + pod +
      R"(","namespace":"default","labels":{"app":"shop"},)"
      R"("annotations":{"io.dubbo/metadata":"{\"a\":\"b\"}"}}}]})";
  for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
    const std::string target = request.substr(4, request.find(" HTTP/") - 4);
    const auto is_about = [&](const std::string& resource) {
      return target.ends_with(resource) || target.ends_with(resource + "/shop");
    };
    if (target.ends_with("/shap")) {
      peer.answer("404 Not Found", "application/json",
                  R"({"kind":"Status","apiVersion":"v1","reason":"NotFound","code":404,)"
                  R"("details":{"name":"shap"}})");
      continue;
    }
    peer.answer("200 OK", "application/json",
                is_about("/services")    ? service
                : is_about("/endpoints") ? endpoints
                                         : pods);
  }
}

std::string replaced(std::string text, std::string_view what, const std::string& with) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

class SeveralServers : public testing::Test {
 protected:
  // Contexts eu and us with a server each, and down, whose server is gone.
  int run(std::vector<std::string> arguments) {
    const tests::RawServer eu([](tests::Peer& peer) { serve_shop(peer, "shop-eu"); });
    const tests::RawServer us([](tests::Peer& peer) { serve_shop(peer, "shop-us"); });
    const auto kubeconfig = folder_.write("config", replaced(replaced(R"(
kind: Config
clusters:
- {name: eu, cluster: {server: "EU"}}
- {name: us, cluster: {server: "US"}}
- {name: down, cluster: {server: "http://127.0.0.1:1"}}
users: [{name: me, user: {}}]
contexts:
- {name: eu, context: {cluster: eu, user: me}}
- {name: us, context: {cluster: us, user: me}}
- {name: down, context: {cluster: down, user: me}}
)",
                                                                      "EU", eu.url()),
                                                             "US", us.url()));
    arguments.insert(arguments.end(), {"--kubeconfig", kubeconfig});
    return cli::run(arguments, fake_.streams,
                    k8s::Environment([](const std::string&) { return std::nullopt; }));
  }

  tests::TemporaryFolder folder_;
  tests::FakeStreams fake_{false};
};

TEST_F(SeveralServers, GiveOneList) {
  EXPECT_EQ(run({"instances", "shop", "--context", "us,eu"}), 0);
  EXPECT_EQ(fake_.out.text(),
            "CONTEXT   ADDRESS          POD       REVISION   PROTOCOLS\n"
            "us        10.0.0.1:20880   shop-us   <none>     <none>\n"
            "eu        10.0.0.1:20880   shop-eu   <none>     <none>\n");
  EXPECT_EQ(fake_.err.text(), "");
}

TEST_F(SeveralServers, GiveOneFlowchart) {
  EXPECT_EQ(run({"graph", "--context", "us,eu", "-q"}), 0);
  EXPECT_EQ(fake_.out.text(),
            "flowchart LR\n"
            "  subgraph s0 [\"us\"]\n"
            "  n0[\"shop\"]\n"
            "  n1(\"shop-us<br>10.0.0.1:20880\")\n"
            "  end\n"
            "  n0 -->|\"#60;none#62;\"| n1\n"
            "  subgraph s1 [\"eu\"]\n"
            "  n2[\"shop\"]\n"
            "  n3(\"shop-eu<br>10.0.0.1:20880\")\n"
            "  end\n"
            "  n2 -->|\"#60;none#62;\"| n3\n");
  EXPECT_EQ(fake_.err.text(), "");
}

TEST_F(SeveralServers, GiveOneDigraphOfThoseThatAnswer) {
  EXPECT_EQ(run({"graph", "--all-contexts", "-o", "dot", "-q"}), 5);
  EXPECT_EQ(fake_.out.text(),
            "digraph registry {\n"
            "  rankdir=LR;\n"
            "  subgraph cluster_0 {\n"
            "  label=\"eu\";\n"
            "  n0 [label=\"shop\", shape=box];\n"
            "  n1 [label=\"shop-eu\\n10.0.0.1:20880\", shape=box, style=rounded];\n"
            "  }\n"
            "  n0 -> n1 [label=\"<none>\"];\n"
            "  subgraph cluster_1 {\n"
            "  label=\"us\";\n"
            "  n2 [label=\"shop\", shape=box];\n"
            "  n3 [label=\"shop-us\\n10.0.0.1:20880\", shape=box, style=rounded];\n"
            "  }\n"
            "  n2 -> n3 [label=\"<none>\"];\n"
            "}\n");
  EXPECT_THAT(fake_.err.text(), HasSubstr("warning: context \"down\": "));
}

TEST_F(SeveralServers, OfWhichNoneHasWhatIsDrawnFail) {
  EXPECT_EQ(run({"graph", "shap", "--context", "us,eu"}), 3);
  EXPECT_EQ(fake_.out.text(), "flowchart LR\n");
  EXPECT_THAT(fake_.err.text(), HasSubstr("context \"eu\": Service \"shap\" not found"));
}

TEST_F(SeveralServers, OfWhichOneIsGoneGiveWhatTheOthersHave) {
  EXPECT_EQ(run({"instances", "shop", "--all-contexts", "-o", "name"}), 5);
  EXPECT_EQ(fake_.out.text(), "pod/shop-eu\npod/shop-us\n");
  EXPECT_THAT(fake_.err.text(), HasSubstr("warning: context \"down\": "));
}

}  // namespace
}  // namespace podreg::cli
