// podreg mapping as a whole, with providers that a test plays: they give recorded answers of
// Dubbo's.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <filesystem>

#include "cli/app.h"
#include "rpc/dubbo_frame.h"
#include "tests/support/fake_streams.h"
#include "tests/support/golden_dubbo.h"
#include "tests/support/raw_server.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::Peer;
using tests::RawServer;

// Two revisions of which there are recordings.
constexpr const char* kOrder = "108cc42e4db86ed1d09ddfe310f4fc24";
constexpr const char* kOrderAndStock = "8613f3b95876312c73242cb90bcd0cfc";
constexpr const char* kStockService = "com.example.shop.StockService";

std::string recorded_answer(const std::string& request) {
  const bool stock = request.find(kOrderAndStock) != std::string::npos;
  return tests::golden_dubbo(
      fmt::format("metadata-3.2.6/{}.dubbo-1.s2c.bin",
                  stock ? "dubbo-order+stock-fastjson2" : "dubbo-order-hessian2"));
}

rpc::DubboFrame first_frame(const std::string& bytes) {
  rpc::DubboFrameReader reader;
  reader.feed(bytes);
  return reader.next().value();
}

std::string read_request(Peer& peer) {
  std::string bytes = peer.read_exactly(16);
  if (bytes.empty()) return {};
  return bytes +
         peer.read_exactly(static_cast<std::size_t>(static_cast<unsigned char>(bytes[14])) << 8 |
                           static_cast<unsigned char>(bytes[15]));
}

// A provider that never answers for the revision `silent_about`.
RawServer::Script answering(const std::string& silent_about = "none") {
  return [silent_about](Peer& peer) {
    const auto request = read_request(peer);
    if (!request.empty() && request.find(silent_about) == std::string::npos) {
      auto reply = first_frame(recorded_answer(request));
      reply.id = first_frame(request).id;
      peer.write(rpc::encode(reply));
    }
    peer.wait_for_end();
  };
}

std::string pod(int number, const std::string& revision) {
  return fmt::format(
      R"({{"apiVersion":"v1","kind":"Pod","metadata":{{"name":"shop-{0}","namespace":"demo","labels":{{"app":"shop"}},"annotations":{{"io.dubbo/metadata":"{{\"dubbo.metadata.revision\":\"{1}\",\"dubbo.metadata-service.url-params\":\"{{\\\"port\\\":\\\"20880\\\",\\\"protocol\\\":\\\"dubbo\\\"}}\"}}"}}}}}})",
      number, revision);
}

std::string address(int number) {
  return fmt::format(
      R"({{"ip":"10.0.0.{0}","targetRef":{{"kind":"Pod","namespace":"demo","name":"shop-{0}"}}}})",
      number);
}

std::string shop_of_two_revisions() {
  return R"({"apiVersion":"v1","kind":"List","items":[)"
         R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"shop","namespace":"demo"},"spec":{"selector":{"app":"shop"}}},)"
         R"({"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"shop","namespace":"demo"},"subsets":[{"addresses":[)" +
         address(1) + "," + address(2) + R"(],"ports":[{"port":20880}]}]},)" + pod(1, kOrder) +
         "," + pod(2, kOrderAndStock) + "]}";
}

struct Ran {
  int status = 0;
  std::string out;
  std::string err;
};

// The providers of a shop, and a cache that is empty before.
class MappingCommand : public testing::Test {
 protected:
  Ran podreg(std::vector<std::string> arguments, const RawServer& providers) {
    arguments.insert(arguments.end(),
                     {"--snapshot", snapshot_, "--connect", providers.authority()});
    return podreg(arguments);
  }

  Ran podreg(const std::vector<std::string>& arguments) {
    tests::FakeStreams fake(false);
    const k8s::Environment environment(
        [this](const std::string& name) -> std::optional<std::string> {
          if (name == "XDG_CACHE_HOME") return folder_.path("cache");
          return std::nullopt;
        });
    const int status = run(arguments, fake.streams, environment);
    return {status, fake.out.text(), fake.err.text()};
  }

  std::string entry(const std::string& revision) const {
    return folder_.path("cache/podreg/metadata/" + revision + ".record");
  }

  tests::TemporaryFolder folder_;
  std::string snapshot_ = folder_.write("shop.json", shop_of_two_revisions());
};

TEST_F(MappingCommand, VerboseShowsEachConnectionAndEachQuestion) {
  const RawServer providers(answering());
  const auto ran = podreg({"metadata", "shop", "-v", "-o", "json"}, providers);
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, HasSubstr("connect 10.0.0.1:20880 (pod \"shop-1\") by --connect at " +
                                 providers.authority() + ": done, "));
  EXPECT_THAT(ran.err, HasSubstr(std::string("getMetadataInfo ") + kOrder +
                                 " of pod \"shop-1\": 1 service from dubbo://10.0.0.1:20880, "));
  EXPECT_THAT(ran.out, HasSubstr("\"source\": \"dubbo://" + providers.authority() + "\""));
}

TEST_F(MappingCommand, ASecondRunAsksNoProvider) {
  const RawServer providers(answering());
  const auto first = podreg({"mapping", "-o", "json"}, providers);
  EXPECT_EQ(first.status, 0);
  EXPECT_THAT(first.out, HasSubstr(kStockService));
  EXPECT_EQ(providers.connections(), 2);

  const auto second = podreg({"mapping", "-o", "json", "-v"}, providers);
  EXPECT_EQ(second.status, 0);
  EXPECT_EQ(second.out, first.out);
  EXPECT_THAT(second.err, HasSubstr("2 of 2 revisions from "));
  EXPECT_EQ(providers.connections(), 2);
}

TEST_F(MappingCommand, TheCacheFindsWhoProvidesAnInterfaceButForUrlsTheyAreAsked) {
  const RawServer providers(answering());
  podreg({"mapping"}, providers);
  const auto found = podreg({"urls", kStockService, "-o", "url"}, providers);
  EXPECT_EQ(found.status, 0);
  EXPECT_THAT(found.out, HasSubstr("dubbo://10.0.0.2:20880/com.example.shop.StockService"));
  EXPECT_EQ(providers.connections(), 4);

  const RawServer silent(answering(kOrderAndStock));
  const auto partly = podreg({"urls", kStockService, "--timeout", "300ms"}, silent);
  EXPECT_EQ(partly.status, 0) << "the other revision is answered for";
  EXPECT_THAT(partly.out, Not(HasSubstr(kStockService)));
  EXPECT_THAT(partly.err, HasSubstr("no instance of a revision"));
}

TEST_F(MappingCommand, UrlsOfAnInterfaceFailLikeThoseOfItsServiceWhenNobodyAnswers) {
  const RawServer providers(answering());
  podreg({"mapping"}, providers);
  const auto ran =
      podreg({"urls", kStockService, "--snapshot", snapshot_, "--connect", "127.0.0.1:1"});
  EXPECT_EQ(ran.status, 5);
  EXPECT_THAT(ran.out, Not(HasSubstr(kStockService)));
  EXPECT_THAT(ran.err, HasSubstr("for the MetadataInfo of any of 2 revisions"));
  EXPECT_THAT(ran.err, Not(HasSubstr("No URLs found")));
}

TEST_F(MappingCommand, WhatTheCacheKnowsOfABrokenRegistrationIsShownWithAWarning) {
  const RawServer providers(answering());
  podreg({"mapping"}, providers);
  const std::string key = "dubbo.metadata-service.url-params";
  auto broken = shop_of_two_revisions();
  broken.replace(broken.rfind(key), key.size(), "some-other-key");
  const auto ran = podreg({"mapping", kStockService, "--snapshot",
                           folder_.write("broken.json", broken), "--connect", "127.0.0.1:1"});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr(kStockService));
  EXPECT_THAT(ran.err, HasSubstr("warning: pod \"shop-2\""));
  EXPECT_THAT(ran.err, HasSubstr("(no dubbo.metadata-service.url-params)"));
}

TEST_F(MappingCommand, WithoutTheCacheEverybodyIsAskedAndNothingIsKept) {
  const RawServer providers(answering());
  podreg({"mapping", "--no-cache"}, providers);
  EXPECT_FALSE(fs::exists(folder_.path("cache")));
  podreg({"mapping"}, providers);
  podreg({"mapping", "--no-cache"}, providers);
  EXPECT_EQ(providers.connections(), 6);
}

TEST_F(MappingCommand, ACorruptEntryIsDroppedAndAskedForAgain) {
  const RawServer providers(answering());
  const auto first = podreg({"mapping", "-o", "json"}, providers);
  const auto size = fs::file_size(entry(kOrder));
  fs::resize_file(entry(kOrder), size / 2);
  EXPECT_EQ(podreg({"mapping", "-o", "json"}, providers).out, first.out);
  EXPECT_EQ(providers.connections(), 3);
  EXPECT_EQ(fs::file_size(entry(kOrder)), size);
}

TEST_F(MappingCommand, ACacheThatCannotBeWrittenHarmsNobody) {
  folder_.write("cache", "a file");
  const RawServer providers(answering());
  const auto ran = podreg({"mapping", kStockService, "-v"}, providers);
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.err, HasSubstr("nothing is kept there: "));
}

TEST_F(MappingCommand, AProviderThatNeverAnswersHoldsUpNobody) {
  const RawServer providers(answering(kOrderAndStock));
  const auto ran = podreg({"mapping", "--timeout", "5s"}, providers);
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("com.example.shop.OrderService"));
  EXPECT_THAT(ran.out, Not(HasSubstr(kStockService)));
  EXPECT_THAT(ran.err, HasSubstr(kOrderAndStock)) << "a warning";

  // The other revision is in the cache by now, so only silence is cut short.
  const auto missing = podreg({"mapping", kStockService, "--timeout", "300ms"}, providers);
  EXPECT_EQ(missing.status, 3);
  EXPECT_THAT(missing.err,
              HasSubstr(fmt::format("of 1 revision nobody answered (revision {} of shop: ",
                                    kOrderAndStock)));
}

constexpr const char* kForbidden =
    R"({"kind":"Status","status":"Failure","message":"no","code":403})";

RawServer::Script refusing() {
  return [](Peer& peer) {
    while (!peer.read_request().empty())
      peer.answer("403 Forbidden", "application/json", kForbidden);
  };
}

TEST_F(MappingCommand, ASourceAnswersAlsoWhenTheClusterDoesNot) {
  const RawServer server(refusing());
  const auto ran =
      podreg({"mapping", kStockService, "--provided-by", "shop", "-n", "demo", "-s", server.url()});
  EXPECT_EQ(ran.status, 0);
  EXPECT_THAT(ran.out, HasSubstr("shop          <unknown>   <unknown>   <unknown>   provided-by"));
  EXPECT_THAT(ran.err, HasSubstr("what is registered cannot be asked for"));
}

TEST_F(MappingCommand, AClusterThatIsWantedAndFailsIsAnErrorBehindWhatTheOthersSay) {
  const RawServer server(refusing());
  const auto all = podreg({"mapping", kStockService, "--provided-by", "shop", "--all-sources", "-n",
                           "demo", "-s", server.url()});
  EXPECT_EQ(all.status, 4);
  EXPECT_THAT(all.out, HasSubstr("provided-by"));
  const auto alone = podreg({"mapping", kStockService, "-n", "demo", "-s", server.url()});
  EXPECT_EQ(alone.status, 4);
  EXPECT_THAT(alone.err, Not(HasSubstr("not found")));
}

}  // namespace
}  // namespace podreg::cli
