// What `podreg doctor` gathers for what the command line names.
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <string>

#include "tests/support/raw_server.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kExamples = std::string(PODREG_SOURCE_DIR) + "/examples/";

Ran doctor_on_example(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "doctor");
  for (const std::string& word :
       {std::string("-n"), std::string("demo"), std::string("--snapshot"), kExamples + "shop.yaml",
        std::string("--metadata-file"), "@" + kExamples + "shop-metadata.json"})
    arguments.push_back(word);
  return run_podreg(arguments);
}

// The line of its chain.
std::string chain_of(const std::string& service, const Ran& ran) {
  const auto at = ran.out.find("\ndemo/" + service + ": ");
  if (at == std::string::npos) return "no chain in " + ran.out + ran.err;
  return ran.out.substr(at + 1, ran.out.find('\n', at + 1) - at - 1);
}

TEST(DoctorEvidence, ANamedServiceHasItsUrlsBesideAnInterfaceOfAnother) {
  const auto ran = doctor_on_example({"shop-order", "com.example.shop.StockService"});
  EXPECT_THAT(chain_of("shop-order", ran), HasSubstr("✓ 3 URLs"));
  EXPECT_THAT(chain_of("shop-stock", ran), HasSubstr("✓ 1 URL "));
}

TEST(DoctorEvidence, AUrlOfANamedServiceThatIsAlsoOfAnInterfaceCountsOnce) {
  const auto alone = doctor_on_example({"shop-stock"});
  const auto both = doctor_on_example({"shop-stock", "com.example.shop.StockService"});
  EXPECT_THAT(chain_of("shop-stock", alone), HasSubstr("✓ 4 URLs"));
  EXPECT_THAT(chain_of("shop-stock", both), HasSubstr("✓ 4 URLs"));
}

// Nothing listens there. One URL of each port of a pod is enough of a Service, but not of an
// interface.
TEST(DoctorEvidence, UrlsOfNamedServicesAreProbedBesideThoseOfInterfaces) {
  const auto probed = [](std::vector<std::string> targets) {
    targets.insert(targets.end(), {"--connect", "127.0.0.1:1"});
    return doctor_on_example(std::move(targets));
  };
  const auto other = probed({"shop-order", "com.example.shop.StockService"});
  EXPECT_THAT(chain_of("shop-order", other), HasSubstr("0 of 3 answer"));
  EXPECT_THAT(chain_of("shop-stock", other), HasSubstr("0 of 1 answer"));
  EXPECT_THAT(chain_of("shop-stock", probed({"shop-stock"})), HasSubstr("0 of 3 answer"));
  const auto same = probed({"shop-stock", "com.example.shop.StockService"});
  EXPECT_THAT(chain_of("shop-stock", same), HasSubstr("0 of 3 answer"));
}

TEST(DoctorEvidence, TheConsumerIsFoundWhicheverFindingsAreWanted) {
  const auto ran = doctor_on_example(
      {"shop-order", "--consumer", "pod/shop-stock-0", "--only", "EndpointsMissing"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  const auto none =
      doctor_on_example({"shop-order", "--consumer", "pod/shop-x", "--only", "EndpointsMissing"});
  EXPECT_EQ(none.status, 3);
  EXPECT_THAT(none.err, HasSubstr("--consumer: pod \"shop-x\" not found in namespace \"demo\""));
}

// An API server that has nothing, and forbids to list pods.
void forbid_pods(tests::Peer& peer) {
  for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
    if (request.starts_with("GET /api/v1/namespaces/demo/pods")) {
      peer.answer("403 Forbidden", "application/json",
                  R"({"kind":"Status","status":"Failure","message":"no","reason":"Forbidden",)"
                  R"("code":403})");
    } else {
      peer.answer("200 OK", "application/json",
                  R"({"kind":"List","apiVersion":"v1","metadata":{},"items":[]})");
    }
  }
}

TEST(DoctorEvidence, WhoMayNotListPodsHasAReportWithoutTheConsumer) {
  const tests::RawServer server(forbid_pods);
  const auto ran = run_podreg({"doctor", "shop", "-n", "demo", "--kubeconfig", "/dev/null",
                               "--server", server.url(), "--consumer", "pod/shop-web-0", "--only",
                               "NotReadable,SerializationsDiffer"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("warning NotReadable  pods"));
  EXPECT_THAT(ran.out, HasSubstr("- consumer and providers share a serialization: not allowed to "
                                 "list pods"));
}

// A Service whose pods all registered the revision.
std::string application(const std::string& name, const std::vector<std::string>& pods,
                        const std::string& revision) {
  std::string addresses;
  std::string objects;
  for (const auto& pod : pods) {
    const auto ip = fmt::format("10.0.{}.{}", name.size(), addresses.size());
    addresses += fmt::format("\n  - {{ip: {}, targetRef: {{kind: Pod, name: {}}}}}", ip, pod);
    objects += fmt::format(R"(---
apiVersion: v1
kind: Pod
metadata:
  name: {}
  namespace: demo
  labels: {{app: {}}}
  annotations: {{io.dubbo/metadata: '{{"dubbo.metadata.revision":"{}"}}'}}
status: {{podIP: {}}}
)",
                           pod, name, revision, ip);
  }
  return fmt::format(R"(---
apiVersion: v1
kind: Service
metadata: {{name: {0}, namespace: demo}}
spec: {{selector: {{app: {0}}}}}
---
apiVersion: v1
kind: Endpoints
metadata: {{name: {0}, namespace: demo}}
subsets:
- ports: [{{port: 20880}}]
  addresses:{1}
{2})",
                     name, addresses, objects);
}

// Which exports one service with this value of prefer.serialization.
std::string metadata_info(const std::string& application, const std::string& revision,
                          const std::string& serialization) {
  return fmt::format(R"({{"app":"{}","revision":"{}","services":{{"x.A:dubbo":{{"name":"x.A",)"
                     R"("path":"x.A","protocol":"dubbo","port":20880,)"
                     R"("params":{{"prefer.serialization":"{}"}}}}}}}})",
                     application, revision, serialization);
}

TEST(DoctorEvidence, OfAConsumerThatIsAnyReplicaTheMetadataIsKnown) {
  const tests::TemporaryFolder folder;
  const auto snapshot =
      application("order", {"order-0"}, "r1") + application("shop", {"shop-0", "shop-1"}, "r2");
  const auto file =
      folder.write("metadata.json", R"({"kind":"MetadataList","items":[)" +
                                        metadata_info("order", "r1", "fastjson2") + "," +
                                        metadata_info("shop", "r2", "hessian2") + "]}");
  for (const char* consumer : {"pod/shop-0", "pod/shop-1"}) {
    const auto ran = run_on_snapshot(
        snapshot, {"doctor", "order", "shop", "--consumer", consumer, "--metadata-file", "@" + file,
                   "--only", "SerializationsDiffer,UrlFailed"});
    EXPECT_THAT(ran.out, HasSubstr("SerializationsDiffer  pod/order-0")) << consumer << ran.err;
    EXPECT_THAT(ran.out, Not(HasSubstr("SerializationsDiffer  pod/shop")));
  }
}

TEST(DoctorEvidence, FlagsThatDoNotFitTheTargetsAreRefusedAsForUrls) {
  const auto mapping = doctor_on_example({"shop-order", "--provided-by", "zzz"});
  EXPECT_EQ(mapping.status, 2);
  EXPECT_THAT(mapping.err, HasSubstr("--provided-by is about an interface, and none is named"));
  const auto protocol = doctor_on_example({"shop-order", "--protocol", ","});
  EXPECT_EQ(protocol.status, 2);
  EXPECT_THAT(protocol.err, HasSubstr("--protocol: \",\" names no protocol"));
  const auto interface =
      doctor_on_example({"com.example.shop.StockService", "--provided-by", "shop-stock"});
  EXPECT_NE(interface.status, 2) << interface.err;
}

}  // namespace
}  // namespace podreg::cli
