// What a user at a terminal sees while podreg works: a whole process in a terminal of its own, and
// a server that takes its time.
#include <gmock/gmock.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <thread>

#include "tests/support/raw_server.h"

namespace podreg {
namespace {

using namespace std::chrono_literals;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using tests::Peer;
using tests::RawServer;

struct Ran {
  std::string screen;  // all that came to the terminal
  int status = 0;
};

// Runs a line of the shell in a terminal of 80 columns, with $PODREG being the program.
Ran run_in_terminal(const std::string& line) {
  winsize size{};
  size.ws_row = 24;
  size.ws_col = 80;
  int terminal = -1;
  const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
  if (child == 0) {
    ::setenv("PODREG", PODREG_PROGRAM, 1);
    ::setenv("TERM", "xterm", 1);
    ::execl("/bin/sh", "sh", "-c", line.c_str(), nullptr);
    ::_exit(127);
  }
  Ran ran;
  std::array<char, 4096> bytes{};
  for (;;) {
    const auto count = ::read(terminal, bytes.data(), bytes.size());
    if (count <= 0) break;  // EIO: nobody has the terminal any more
    ran.screen.append(bytes.data(), static_cast<std::size_t>(count));
  }
  ::close(terminal);
  ::waitpid(child, &ran.status, 0);
  return ran;
}

// What is left to be seen: of each line what stands behind the last time that it was erased.
std::string left_on(const std::string& screen) {
  constexpr std::string_view kErased = "\r\x1b[K";
  std::string left;
  std::istringstream lines(screen);
  for (std::string line; std::getline(lines, line);) {
    const auto erased = line.rfind(kErased);
    left += erased == std::string::npos ? line : line.substr(erased + kErased.size());
    left += '\n';
  }
  return left;
}

std::string list_of(const std::string& kind, const std::string& items) {
  return R"({"kind":")" + kind + R"(List","apiVersion":"v1","metadata":{},"items":[)" + items +
         "]}";
}

std::string pods(int first, int end) {
  std::string items;
  for (int i = first; i < end; ++i) {
    items += (i == 0 ? "" : ",") + std::string(R"({"metadata":{"name":"p)") + std::to_string(i) +
             R"(","namespace":"demo"}})";
  }
  return items;
}

// 100 pods, ten at a time, for more than a second.
void trickle(Peer& peer) {
  const auto body = list_of("Pod", pods(0, 100));
  peer.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
             std::to_string(body.size()) + "\r\n\r\n");
  const auto step = body.size() / 10;
  for (std::size_t at = 0; at < body.size(); at += step) {
    peer.write(std::string_view(body).substr(at, step));
    std::this_thread::sleep_for(120ms);
  }
}

void serve(Peer& peer) {
  for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
    const auto is = [&](const char* what) { return request.find(what) != std::string::npos; };
    if (is("/pods")) {
      trickle(peer);
    } else {
      const std::string service =
          R"({"metadata":{"name":"shop","namespace":"demo"},"spec":{"selector":{"a":"b"}}})";
      peer.answer("200 OK", "application/json",
                  is("/services") ? list_of("Service", service) : list_of("Endpoints", ""));
    }
  }
}

std::string services_of(const RawServer& server) {
  return "\"$PODREG\" services --kubeconfig /dev/null -n demo -s " + server.url();
}

TEST(ProgressOnATerminal, IsSeenWhileAListArrivesAndGoneAfterwards) {
  const RawServer server(serve);
  const auto ran = run_in_terminal(services_of(server));
  EXPECT_EQ(ran.status, 0) << ran.screen;
  EXPECT_THAT(ran.screen, ContainsRegex("reading pods: [0-9]+ objects, [0-9]+ [bK]"));
  EXPECT_THAT(left_on(ran.screen), Not(HasSubstr("reading")));
  EXPECT_THAT(left_on(ran.screen), HasSubstr("shop "));
}

TEST(ProgressOnATerminal, GoesOnWhileTheServerIsSilent) {
  const RawServer server([](Peer& peer) {
    peer.read_request();
    std::this_thread::sleep_for(1500ms);
    peer.answer("403 Forbidden", "application/json", "{}");
  });
  const auto ran = run_in_terminal(services_of(server));
  EXPECT_THAT(ran.screen, HasSubstr("reading services: 1 s"));
  EXPECT_THAT(left_on(ran.screen), Not(HasSubstr("reading services")));
  EXPECT_THAT(left_on(ran.screen), HasSubstr("may not list services"));
}

TEST(ProgressOnATerminal, IsNotWrittenToAFile) {
  const RawServer server(serve);
  const auto ran = run_in_terminal(services_of(server) + " 2>&1 >/dev/null | cat");
  EXPECT_EQ(ran.screen, "");
}

TEST(ProgressOnATerminal, IsNotThereWithQuietAndVerbose) {
  const RawServer server(serve);
  EXPECT_THAT(run_in_terminal(services_of(server) + " -q").screen, Not(HasSubstr("reading")));
  EXPECT_THAT(run_in_terminal(services_of(server) + " -v").screen, Not(HasSubstr("reading")));
}

TEST(ProgressOnATerminal, IsNotThereForAFastCommand) {
  const auto began = std::chrono::steady_clock::now();
  const auto ran = run_in_terminal("\"$PODREG\" services --snapshot " PODREG_EXAMPLES "/shop.yaml");
  if (std::chrono::steady_clock::now() - began > 500ms) GTEST_SKIP() << "this machine is busy";
  EXPECT_THAT(ran.screen, Not(HasSubstr("\x1b[K")));
  EXPECT_THAT(ran.screen, HasSubstr("shop-order"));
}

}  // namespace
}  // namespace podreg
