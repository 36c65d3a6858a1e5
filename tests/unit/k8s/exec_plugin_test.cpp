// Plugins here are small shell scripts. The cases are mostly those of client-go's
// plugin/pkg/client/auth/exec/exec_test.go.
#include "k8s/exec_plugin.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/support/tls_identity.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg::k8s {
namespace {

using core::ErrorKind;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::system_clock;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::caught;

constexpr const char* kAnswer =
    R"('{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",)";

class ExecPluginTest : public testing::Test {
 protected:
  // A plugin that runs these lines of shell.
  std::string script(const std::string& lines, const std::string& name = "bin/plugin") const {
    const auto path = folder_.write(name, "#!/bin/sh\n" + lines + "\n");
    ::chmod(path.c_str(), 0755);
    return path;
  }

  // Shell that answers with this status, after noting that it ran.
  std::string answering(const std::string& status) const {
    return "echo >> " + folder_.path("runs") + "\necho " + kAnswer + "\"status\":" + status + "}'";
  }

  ExecPlugin plugin(const std::string& command, std::optional<ExecCluster> cluster = {}) {
    exec_.command = command;
    options_.on_message = [this](const std::string& name, std::string_view line) {
      messages_.push_back(name + ": " + std::string(line));
    };
    options_.now = [this] { return now_; };
    options_.input_is_terminal = [this] { return terminal_; };
    return {exec_, std::move(cluster), "user \"ann\"", folder_.path("bin"), options_};
  }

  tests::Caught refused(const std::string& lines) {
    auto failing = plugin(script(lines));
    return caught([&] { failing.current(); });
  }

  std::string text(const std::string& name) const {
    std::ostringstream whole;
    whole << std::ifstream(folder_.path(name)).rdbuf();
    return whole.str();
  }
  std::size_t runs() const { return text("runs").size(); }

  tests::TemporaryFolder folder_;
  ExecConfig exec_{"client.authentication.k8s.io/v1", "", {}, {}, "", false, "Never"};
  ExecOptions options_;
  std::vector<std::string> messages_;
  system_clock::time_point now_{seconds(1000)};
  bool terminal_ = false;
};

TEST_F(ExecPluginTest, ATokenIsAskedForOnceAndKept) {
  auto once = plugin(script(answering(R"({"token":"abc"})")));
  EXPECT_EQ(runs(), 0U);
  EXPECT_EQ(once.current().token, "abc");
  now_ += std::chrono::hours(1000);
  EXPECT_EQ(once.current().token, "abc");
  EXPECT_EQ(runs(), 1U);
}

TEST_F(ExecPluginTest, AnExpiredTokenIsAskedForAgain) {
  auto expiring =
      plugin(script(answering(R"({"token":"abc","expirationTimestamp":"1970-01-01T00:20:00Z"})")));
  expiring.current();
  now_ = system_clock::time_point(seconds(1200));
  expiring.current();
  EXPECT_EQ(runs(), 1U);
  now_ += seconds(1);
  EXPECT_EQ(expiring.current().token, "abc");
  EXPECT_EQ(runs(), 2U);
}

TEST_F(ExecPluginTest, ARefusedTokenIsAskedForAgain) {
  auto rotating = plugin(script(answering(R"({"token":"first"})")));
  EXPECT_EQ(rotating.current().token, "first");
  script(answering(R"({"token":"second"})"));
  EXPECT_EQ(rotating.current().token, "first");
  EXPECT_TRUE(rotating.renew(rotating.generation()));
  EXPECT_EQ(rotating.current().token, "second");
  EXPECT_EQ(runs(), 2U);
}

TEST_F(ExecPluginTest, AfterAFailureItIsAskedAgain) {
  auto mended = plugin(script("exit 1"));
  EXPECT_EQ(caught([&] { mended.current(); }).kind, ErrorKind::not_allowed);
  script(answering(R"({"token":"abc"})"));
  EXPECT_EQ(mended.current().token, "abc");
}

TEST_F(ExecPluginTest, ACertificateIsAnAnswerToo) {
  const auto ann = tests::make_identity();
  const auto escaped = [](const std::string& pem) {
    std::string result;
    for (const char c : pem) result += c == '\n' ? std::string("\\n") : std::string(1, c);
    return result;
  };
  folder_.write("answer",
                R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1",)"
                R"("status":{"clientCertificateData":")" +
                    escaped(ann.certificate) + R"(","clientKeyData":")" + escaped(ann.key) +
                    R"("}})");
  auto certificate = plugin(script("cat " + folder_.path("answer")));
  EXPECT_EQ(certificate.current().client_cert_pem, ann.certificate);
  EXPECT_EQ(certificate.current().client_key_pem, ann.key);
  EXPECT_EQ(certificate.current().token, "");
}

TEST_F(ExecPluginTest, ArgumentsAndVariablesArrive) {
  exec_.args = {"get token", "$HOME", ""};
  exec_.env = {{"GIVEN", "a b"}, {"HOME", "/mine"}, {"GIVEN", "last"}};
  auto echoing = plugin(script("printf '[%s]' \"$@\" > " + folder_.path("args") + "\nenv > " +
                               folder_.path("env") + "\n" + answering(R"({"token":"abc"})")));
  echoing.current();
  EXPECT_EQ(text("args"), "[get token][$HOME][]");
  EXPECT_THAT("\n" + text("env"), HasSubstr("\nGIVEN=last\n"));
  EXPECT_THAT("\n" + text("env"), HasSubstr("\nHOME=/mine\n"));
  EXPECT_THAT("\n" + text("env"), HasSubstr("\nPATH=" + std::string(std::getenv("PATH")) + "\n"));
  EXPECT_THAT(text("env"), HasSubstr("KUBERNETES_EXEC_INFO={\"kind\":\"ExecCredential\",\"api"
                                     "Version\":\"client.authentication.k8s.io/v1\",\"spec\":{"
                                     "\"interactive\":false}}\n"));
}

TEST_F(ExecPluginTest, TheClusterIsToldWhenThereIsOne) {
  ExecCluster cluster;
  cluster.server = "https://h:6443";
  cluster.config = R"({"audience":"x"})";
  auto told = plugin(script("printf %s \"$KUBERNETES_EXEC_INFO\" > " + folder_.path("info") + "\n" +
                            answering(R"({"token":"abc"})")),
                     cluster);
  told.current();
  EXPECT_THAT(text("info"), HasSubstr(R"("cluster":{"server":"https://h:6443","config":{"aud)"));
}

TEST_F(ExecPluginTest, ACommandWithoutASlashIsLookedForInThePath) {
  script(answering(R"({"token":"abc"})"));
  EXPECT_EQ(plugin("plugin").current().token, "abc");
}

TEST_F(ExecPluginTest, ACommandIsNotTakenFromWhereOneStands) {
  script(answering(R"({"token":"abc"})"));
  for (const char* path : {"", ".", "bin", ":", "./bin"}) {
    ExecPlugin relative({exec_.api_version, "plugin", {}, {}, "", false, "Never"}, {}, "x", path,
                        {});
    EXPECT_THAT(caught([&] { relative.current(); }).message, HasSubstr("not in $PATH")) << path;
  }
}

TEST_F(ExecPluginTest, AMissingCommandShowsTheInstallHint) {
  auto missing = plugin("no-such-plugin");
  auto error = caught([&] { missing.current(); });
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_EQ(error.message,
            "the credential plugin \"no-such-plugin\" of user \"ann\" is not installed: it is not "
            "in $PATH");
  EXPECT_THAT(error.hint, HasSubstr("install it"));
  exec_.install_hint = "get it with:\n\n  brew install plugin\n";
  auto hinted = plugin(folder_.path("no/such/plugin"));
  error = caught([&] { hinted.current(); });
  EXPECT_THAT(error.message, HasSubstr("is not there"));
  EXPECT_EQ(error.hint, "get it with: brew install plugin");
}

TEST_F(ExecPluginTest, WhatIsNoProgramIsRefused) {
  auto no_program = plugin(folder_.write("text", "echo x"));
  EXPECT_THAT(caught([&] { no_program.current(); }).message,
              HasSubstr("cannot be run: Permission denied"));
  folder_.write("bin/text", "echo x");
  auto in_path = plugin("text");
  EXPECT_THAT(caught([&] { in_path.current(); }).message, HasSubstr("not in $PATH"));
}

TEST_F(ExecPluginTest, AFailureNamesTheExitStatusAndShowsWhatItSaid) {
  const auto error =
      refused("echo 'log in: \033[31mfirst' >&2\nprintf 'then\\r\\nagain' >&2\nexit 3");
  EXPECT_EQ(error.kind, ErrorKind::not_allowed);
  EXPECT_THAT(error.message, HasSubstr("of user \"ann\" failed with exit status 3"));
  EXPECT_THAT(messages_,
              ElementsAre("plugin: log in: \033[31mfirst", "plugin: then", "plugin: again"));
}

TEST_F(ExecPluginTest, ACrashNamesTheSignal) {
  EXPECT_THAT(refused("kill -SEGV $$").message, HasSubstr("was ended by signal 11"));
}

TEST_F(ExecPluginTest, MessagesOfAPluginThatAnswersAreShownToo) {
  auto talking = plugin(script("echo note >&2\n" + answering(R"({"token":"abc"})")));
  EXPECT_EQ(talking.current().token, "abc");
  EXPECT_THAT(messages_, ElementsAre("plugin: note"));
}

TEST_F(ExecPluginTest, RubbishIsRefusedAndNotShown) {
  const auto error = refused("echo planted");
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("printed what is no ExecCredential in JSON"));
  EXPECT_THAT(error.message + error.hint, Not(HasSubstr("planted")));
  EXPECT_THAT(messages_, IsEmpty());
}

TEST_F(ExecPluginTest, AHundredMegabytesEndThePlugin) {
  const auto error = refused("head -c 100000000 /dev/zero && echo ended > " + folder_.path("end"));
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("printed more than 1 MiB, and was ended"));
  EXPECT_EQ(text("end"), "");
}

TEST_F(ExecPluginTest, AMebibyteIsRead) {
  auto padded = plugin(
      script("head -c 1000000 /dev/zero | tr '\\0' ' '\n" + answering(R"({"token":"abc"})")));
  EXPECT_EQ(padded.current().token, "abc");
}

// Whether the process with the number in a file has ended (a zombie has).
bool gone(const std::string& pid) {
  std::ostringstream status;
  status << std::ifstream("/proc/" + pid + "/status").rdbuf();
  return status.str().empty() || status.str().find("State:\tZ") != std::string::npos;
}

TEST_F(ExecPluginTest, OneThatHangsIsEndedWithWhatItStarted) {
  options_.timeout = milliseconds(300);
  const auto error = refused("sleep 1000 &\necho $! > " + folder_.path("pid") + "\nwait");
  EXPECT_EQ(error.kind, ErrorKind::unreachable);
  EXPECT_THAT(error.message, HasSubstr("did not answer within 0.3 s, and was ended"));
  auto pid = text("pid");
  ASSERT_GT(pid.size(), 1U);
  pid.pop_back();
  for (int tries = 0; tries < 1000 && !gone(pid); ++tries) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_TRUE(gone(pid));
}

TEST_F(ExecPluginTest, OneThatClosesItsStreamsAndHangsIsEndedToo) {
  options_.timeout = milliseconds(300);
  EXPECT_EQ(refused("exec >&- 2>&-\nsleep 1000").kind, ErrorKind::unreachable);
}

TEST_F(ExecPluginTest, WhatItLeavesBehindIsNeitherWaitedForNorEnded) {
  options_.timeout = milliseconds(0);
  auto leaving = plugin(script("sleep 1000 &\necho $! > " + folder_.path("pid") + "\n" +
                               answering(R"({"token":"abc"})")));
  EXPECT_EQ(leaving.current().token, "abc");
  EXPECT_EQ(::kill(std::stoi(text("pid")), SIGKILL), 0);
}

TEST_F(ExecPluginTest, ItReadsNothingWhenItMayNotAsk) {
  auto reading = plugin(script("read line && exit 1\n" + answering(R"({"token":"abc"})")));
  EXPECT_EQ(reading.current().token, "abc");
}

TEST_F(ExecPluginTest, ItGetsNoOtherDescriptors) {
  const int open = ::dup(STDIN_FILENO);  // without FD_CLOEXEC
  auto listing = plugin(script("ls /proc/self/fd > " + folder_.path("open") + "\n" +
                               answering(R"({"token":"abc"})")));
  listing.current();
  ::close(open);
  EXPECT_EQ(text("open"), "0\n1\n2\n3\n");  // 3 is the folder that ls reads
}

TEST_F(ExecPluginTest, ABrokenPipeEndsWhatItRunsAsUsual) {
  ::signal(SIGPIPE, SIG_IGN);  // as podreg does
  auto piping = plugin(script("yes | head -1 > /dev/null\n" + answering(R"({"token":"abc"})")));
  EXPECT_EQ(piping.current().token, "abc");
  ::signal(SIGPIPE, SIG_DFL);
  EXPECT_THAT(messages_, IsEmpty());
}

TEST_F(ExecPluginTest, OneThatMustAskNeedsATerminal) {
  exec_.interactive_mode = "Always";
  const auto error = refused(answering(R"({"token":"abc"})"));
  EXPECT_EQ(error.kind, ErrorKind::invalid_data);
  EXPECT_THAT(error.message, HasSubstr("standard input is not a terminal"));
  EXPECT_EQ(runs(), 0U);
}

TEST_F(ExecPluginTest, OneThatMayAskIsToldWhetherItCan) {
  const auto lines = "printf %s \"$KUBERNETES_EXEC_INFO\" > " + folder_.path("info") + "\n" +
                     answering(R"({"token":"abc"})");
  for (const char* mode : {"IfAvailable", "Always", ""}) {
    exec_.interactive_mode = mode;
    terminal_ = true;
    plugin(script(lines)).current();
    EXPECT_THAT(text("info"), HasSubstr(R"("interactive":true)")) << mode;
  }
  exec_.interactive_mode = "IfAvailable";
  terminal_ = false;
  plugin(script(lines)).current();
  EXPECT_THAT(text("info"), HasSubstr(R"("interactive":false)"));
  exec_.interactive_mode = "Never";
  terminal_ = true;
  plugin(script(lines)).current();
  EXPECT_THAT(text("info"), HasSubstr(R"("interactive":false)"));
}

TEST_F(ExecPluginTest, ItIsToldWhenOneRunsAndWhetherItMayAsk) {
  std::vector<std::string> told;
  options_.on_run = [&](const std::string& command, bool may_ask) -> std::shared_ptr<void> {
    told.push_back(command + (may_ask ? " may ask" : " may not ask"));
    return {nullptr, [&](void*) { told.emplace_back("end"); }};
  };
  auto once = plugin(script(answering(R"({"token":"abc"})")));
  once.current();
  once.current();
  exec_.interactive_mode = "IfAvailable";
  terminal_ = true;
  EXPECT_EQ(refused("exit 1").kind, ErrorKind::not_allowed);
  EXPECT_THAT(told, ElementsAre("plugin may not ask", "end", "plugin may ask", "end"));
}

TEST_F(ExecPluginTest, AnInterruptionEndsItWithWhatItStarted) {
  const auto path = script("sleep 1000 &\necho $! > " + folder_.path("pid.new") + "\nmv " +
                           folder_.path("pid.new") + " " + folder_.path("pid") + "\nwait");
  auto hanging = plugin(path);
  EXPECT_EXIT(
      {
        std::thread([&] {
          while (text("pid").empty()) std::this_thread::sleep_for(milliseconds(5));
          ::kill(::getpid(), SIGINT);
        }).detach();
        hanging.current();
      },
      testing::KilledBySignal(SIGINT), "");
  auto pid = text("pid");
  ASSERT_GT(pid.size(), 1U);
  pid.pop_back();
  for (int tries = 0; tries < 1000 && !gone(pid); ++tries) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_TRUE(gone(pid));
}

}  // namespace
}  // namespace podreg::k8s
