#include "cli/event_command.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "core/error.h"

namespace podreg::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// GoogleTest destroys it as a testing::Test.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor)
class EventCommandTest : public testing::Test {
 protected:
  EventCommandTest() {
    std::signal(SIGPIPE, SIG_IGN);  // as the program does it
    std::string name = testing::TempDir() + "/event-command.XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  ~EventCommandTest() override { std::filesystem::remove_all(folder_); }

  void run(const std::string& command, bool shell, const std::string& input = "event\n") {
    EventCommand(command, shell, [this](const std::string& text) {
      warnings_.push_back(text);
    }).run(input);
  }
  std::string written() const {
    std::ifstream file(folder_ / "out");
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::filesystem::path folder_;
  std::vector<std::string> warnings_;
};

TEST_F(EventCommandTest, GetsTheEventOnItsStandardInput) {
  run("tee " + (folder_ / "out").string(), false, "");
  const std::string large(1 << 20, 'x');  // more than a pipe holds
  run("cat > " + (folder_ / "out").string(), true, large);
  EXPECT_EQ(written(), large);
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(EventCommandTest, SeesNoShellUnlessAsked) {
  const auto out = (folder_ / "out").string();
  run("touch " + out + "$HOME;ls", false);
  EXPECT_TRUE(std::filesystem::exists(out + "$HOME;ls"));
  run("printf %s a\\|b > " + out, true);
  EXPECT_EQ(written(), "a|b");
}

// Not even one that stays open across an exec, as sockets of libcurl's do.
TEST_F(EventCommandTest, HasNoDescriptorOfOurs) {
  const int ours = ::dup(STDERR_FILENO);
  run("ls /proc/self/fd > " + (folder_ / "out").string(), true);
  ::close(ours);
  EXPECT_EQ(written(), "0\n1\n2\n3\n");  // 3 is the folder that ls reads
}

TEST_F(EventCommandTest, MayLeaveTheEventUnread) {
  run("true", false, std::string(1 << 20, 'x'));
  EXPECT_THAT(warnings_, IsEmpty());
}

TEST_F(EventCommandTest, OneThatFailsIsSaid) {
  run("false", false);
  run("kill -9 $$", true);
  EXPECT_THAT(warnings_, ElementsAre(HasSubstr("\"false\" ended with status 1"),
                                     HasSubstr("\"sh\" was ended by signal 9")));
}

TEST_F(EventCommandTest, OneThatDoesNotExistIsAnError) {
  for (const auto* command : {"/does/not/exist", "", "   "}) {
    try {
      run(command, false);
      ADD_FAILURE() << command;
    } catch (const core::Error& error) {
      EXPECT_EQ(error.kind(), core::ErrorKind::usage);
    }
  }
}

}  // namespace
}  // namespace podreg::cli
