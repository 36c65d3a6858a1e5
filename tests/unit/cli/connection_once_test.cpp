// Commands that ask an API server in several ways have one connection for all of them.
#include <gmock/gmock.h>

#include <string>

#include "tests/support/raw_server.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

// What a connection is made of is read once: files, plugins that sign in, and warnings about them.
TEST(ConnectionOnce, DoctorWarnsOfTheRegistryUrlOnce) {
  const tests::RawServer server([](tests::Peer& peer) {
    while (!peer.read_request().empty()) {
      peer.answer("200 OK", "application/json",
                  R"({"kind":"List","apiVersion":"v1","metadata":{},"items":[]})");
    }
  });
  const std::string address = server.url().substr(std::string("http://").size());
  const auto ran = run_podreg({"doctor", "shop", "-n", "demo", "--kubeconfig", "/dev/null",
                               "--registry", "kubernetes://ann@" + address + "?useHttps=false"});
  const std::string warning = "the user before '@' of --registry is not used";
  const auto first = ran.err.find(warning);
  ASSERT_NE(first, std::string::npos) << ran.err;
  EXPECT_EQ(ran.err.find(warning, first + 1), std::string::npos) << ran.err;
}

}  // namespace
}  // namespace podreg::cli
