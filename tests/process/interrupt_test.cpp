// Ctrl-C and SIGTERM while a whole process waits: for a server that hangs, before it asks again,
// for a registration to be seen. It ends by the signal, which a shell shows as status 130 or 143.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <spawn.h>
#include <sys/wait.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <thread>

#include "tests/support/raw_server.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg {
namespace {

using tests::Peer;
using tests::RawServer;

class Process {
 public:
  // Its standard streams go nowhere.
  explicit Process(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), PODREG_PROGRAM);
    std::vector<char*> argv;
    argv.reserve(arguments.size() + 1);
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {0, 1, 2}) {
      posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
    }
    posix_spawn(&pid_, PODREG_PROGRAM, &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
  }

  // Its exit status; -1: it ended in another way.
  int status() const {
    int status = 0;
    waitpid(pid_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  // The signal that ended it after it got this one; 0: it ended in another way.
  int ended_by(int signal) const {
    kill(pid_, signal);
    int status = 0;
    waitpid(pid_, &status, 0);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  }

 private:
  pid_t pid_ = 0;
};

void wait_for(const std::atomic<int>& count, int wanted) {
  while (count < wanted) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

std::vector<std::string> podreg(const RawServer& server, std::vector<std::string> command) {
  command.insert(command.end(), {"--kubeconfig", "/dev/null", "-n", "demo", "-s", server.url()});
  return command;
}

TEST(Interrupt, EndsTheWaitForAServerThatHangs) {
  for (const int signal : {SIGINT, SIGTERM}) {
    std::atomic<int> requests{0};
    const RawServer server([&](Peer& peer) {
      peer.read_request();
      ++requests;
      peer.wait_for_end();
    });
    const Process process(podreg(server, {"instances", "shop"}));
    wait_for(requests, 1);
    EXPECT_EQ(process.ended_by(signal), signal);
  }
}

TEST(Interrupt, EndsThePauseBeforeARequestIsSentAgain) {
  std::atomic<int> answers{0};
  const RawServer server([&](Peer& peer) {
    while (!peer.read_request().empty()) {
      peer.answer("503 Busy", "text/plain", "", "Retry-After: 50\r\n");
      ++answers;
    }
  });
  const Process process(podreg(server, {"instances", "shop"}));
  wait_for(answers, 2);
  EXPECT_EQ(process.ended_by(SIGINT), SIGINT);
}

// Then the kernel takes them away, and nobody can wait for them.
TEST(Interrupt, WhoseParentIgnoresTheEndOfChildrenSeesThatOfAPlugin) {
  const tests::TemporaryFolder folder;
  const auto kubeconfig =
      folder.write("config",
                   "clusters: [{name: c, cluster: {server: \"https://127.0.0.1:1\"}}]\n"
                   "users: [{name: u, user: {exec: {apiVersion: client.authentication.k8s.io/v1, "
                   "command: /bin/true, interactiveMode: Never}}}]\n"
                   "contexts: [{name: x, context: {cluster: c, user: u}}]\n"
                   "current-context: x\n");
  std::signal(SIGCHLD, SIG_IGN);
  const Process process({"services", "--kubeconfig", kubeconfig});
  std::signal(SIGCHLD, SIG_DFL);
  EXPECT_EQ(process.status(), 7);  // it answers nothing, which is not what was asked for
}

TEST(Interrupt, EndsTheWaitForConsumersToSeeARegistration) {
  const std::string pod = R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"p",)"
                          R"("namespace":"demo","resourceVersion":"1","annotations":)"
                          R"({"io.dubbo/metadata":"{}"}},"status":{"phase":"Running"}})";
  std::atomic<int> lists{0};
  const RawServer server([&](Peer& peer) {
    for (auto request = peer.read_request(); !request.empty(); request = peer.read_request()) {
      peer.read_body(request);
      const bool services = request.find("/services") != std::string::npos;
      const bool endpoints = request.find("/endpoints") != std::string::npos;
      const std::string empty = R"({"kind":")" + std::string(services ? "Service" : "Endpoints") +
                                R"(List","apiVersion":"v1","metadata":{},"items":[]})";
      peer.answer("200 OK", "application/json", services || endpoints ? empty : pod);
      if (services) ++lists;
    }
  });
  const Process process(
      podreg(server, {"register", "p", "--metadata", "{}", "--wait", "--timeout", "1h"}));
  wait_for(lists, 3);  // one for the warnings; then it waits
  EXPECT_EQ(process.ended_by(SIGINT), SIGINT);
}

}  // namespace
}  // namespace podreg
