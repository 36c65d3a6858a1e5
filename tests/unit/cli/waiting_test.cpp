// podreg wait, and a server that does not send all of what is waited for.
#include <gmock/gmock.h>

#include <string>

#include "tests/support/raw_server.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using testing::HasSubstr;
using tests::Peer;

Ran wait_for_shop(const tests::RawServer& server, const std::string& timeout) {
  return run_podreg({"wait", "shop", "--for", "instances=1", "-n", "demo", "--kubeconfig",
                     "/dev/null", "--server", server.url(), "--timeout", timeout});
}

// Without --request-timeout an answer may almost stop for a minute.
TEST(Waiting, AListThatStopsInTheMiddleIsNotWaitedForLongerThanTheTimeout) {
  const tests::RawServer server([](Peer& peer) {
    const bool streams = peer.read_request().find("watch=true") != std::string::npos;
    if (streams) {
      peer.answer("400 Bad Request", "text/plain", "");
      return;
    }
    peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{");
    peer.wait_for_end();
  });
  const auto ran = wait_for_shop(server, "300ms");
  EXPECT_EQ(ran.status, 5);
  EXPECT_THAT(ran.err, HasSubstr("had not finished its answer when the time was over"));
  EXPECT_EQ(ran.out, "");
}

TEST(Waiting, ARefusalThatStopsInTheMiddleIsNotWaitedForEither) {
  const tests::RawServer server([](Peer& peer) {
    peer.read_request();
    peer.write("HTTP/1.1 403 No\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{");
    peer.wait_for_end();
  });
  EXPECT_EQ(wait_for_shop(server, "300ms").status, 4);
}

}  // namespace
}  // namespace podreg::cli
