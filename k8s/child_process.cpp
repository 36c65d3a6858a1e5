#include "k8s/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <optional>
#include <system_error>

#include "core/ignored_signals.h"
#include "k8s/child_signals.h"

namespace podreg::k8s {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLongestLine = 4096;
// More than a pipe holds: all that a program that has ended can have left in it.
constexpr std::size_t kMostAtOnce = std::size_t{1} << 20;

void check(int error, const char* what) {
  if (error != 0) throw std::system_error(error, std::generic_category(), what);
}

class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { reset(-1); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int get() const { return number_; }
  void reset(int number) {
    if (number_ >= 0) ::close(number_);
    number_ = number;
  }

 private:
  int number_ = -1;
};

struct Pipe {
  Descriptor read;
  Descriptor write;

  void open() {
    std::array<int, 2> ends{};
    check(::pipe(ends.data()) == 0 ? 0 : errno, "pipe");
    read.reset(ends[0]);
    write.reset(ends[1]);
    for (const int end : ends) ::fcntl(end, F_SETFD, FD_CLOEXEC);
    ::fcntl(read.get(), F_SETFL, O_NONBLOCK);
  }
};

// What posix_spawn is to do with descriptors, signals and groups.
class SpawnPlan {
 public:
  SpawnPlan() {
    check(::posix_spawn_file_actions_init(&actions_), "posix_spawn");
    check(::posix_spawnattr_init(&attributes_), "posix_spawn");
  }
  ~SpawnPlan() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;

  void read_nothing() {
    check(::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0),
          "posix_spawn");
  }
  void write_to(int stream, const Pipe& pipe) {
    check(::posix_spawn_file_actions_adddup2(&actions_, pipe.write.get(), stream), "posix_spawn");
  }
  // Also what a library of ours, or who started us, left open across an exec.
  void close_others() {
#ifdef __GLIBC__
    check(::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1), "posix_spawn");
#endif
  }
  void start_with(const sigset_t& mask, bool own_group) {
    const sigset_t defaults = core::ignored_signals();
    const int group = own_group ? POSIX_SPAWN_SETPGROUP : 0;
    check(::posix_spawnattr_setsigdefault(&attributes_, &defaults), "posix_spawn");
    check(::posix_spawnattr_setsigmask(&attributes_, &mask), "posix_spawn");
    check(::posix_spawnattr_setpgroup(&attributes_, 0), "posix_spawn");
    check(::posix_spawnattr_setflags(
              &attributes_,
              static_cast<short>(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | group)),
          "posix_spawn");
  }

  pid_t spawn(const ChildCommand& command) const {
    const auto pointers = [](const std::vector<std::string>& texts) {
      std::vector<char*> result;
      result.reserve(texts.size() + 1);
      for (const auto& text : texts) result.push_back(const_cast<char*>(text.c_str()));
      result.push_back(nullptr);
      return result;
    };
    pid_t pid = 0;
    check(::posix_spawn(&pid, command.path.c_str(), &actions_, &attributes_,
                        pointers(command.argv).data(), pointers(command.environment).data()),
          "posix_spawn");
    return pid;
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

// A program that runs; killed with its group when it is dropped before its end.
class Child {
 public:
  explicit Child(const ChildCommand& command) {
    output_.open();
    SpawnPlan plan;
    plan.write_to(STDOUT_FILENO, output_);
    if (!command.interactive) {
      errors_.open();
      plan.read_nothing();
      plan.write_to(STDERR_FILENO, errors_);
    }
    plan.close_others();
    plan.start_with(signals_.mask(), !command.interactive);
    pid_ = plan.spawn(command);
    target_ = command.interactive ? pid_ : -pid_;
    signals_.child(target_);
    output_.write.reset(-1);
    errors_.write.reset(-1);
  }
  ~Child() {
    if (!ended_) kill();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // The program and, when it has a group, all that it started.
  void kill() {
    ::kill(target_, SIGKILL);
    while (!ended_ && ::waitpid(pid_, &wait_status_, 0) < 0 && errno == EINTR) continue;
    note_end();
  }

  // Whether the program itself has ended.
  bool ended() {
    if (!ended_ && ::waitpid(pid_, &wait_status_, WNOHANG) == pid_) note_end();
    return ended_;
  }

  ChildResult result() const {
    if (WIFSIGNALED(wait_status_)) return {ChildResult::End::killed, WTERMSIG(wait_status_), {}};
    return {ChildResult::End::exited, WEXITSTATUS(wait_status_), {}};
  }

  // What can be read without waiting.
  std::string read_output() { return read(output_.read); }
  std::string read_errors() { return read(errors_.read); }

  // Until there is something to read, the program may have ended, or so long.
  void wait(std::chrono::milliseconds limit) const {
    constexpr std::chrono::milliseconds kToSeeItsEnd{50};
    constexpr std::chrono::milliseconds kToBeReaped{1};
    std::array<pollfd, 2> open{pollfd{output_.read.get(), POLLIN, 0},
                               pollfd{errors_.read.get(), POLLIN, 0}};
    const bool all_closed = open[0].fd < 0 && open[1].fd < 0;
    limit = std::min(limit, all_closed ? kToBeReaped : kToSeeItsEnd);
    ::poll(open.data(), open.size(), static_cast<int>(limit.count()));
  }

 private:
  void note_end() {
    ended_ = true;
    signals_.child(0);
  }

  static std::string read(Descriptor& from) {
    std::string bytes;
    std::array<char, 16384> buffer{};
    while (from.get() >= 0 && bytes.size() < kMostAtOnce) {
      const auto count = ::read(from.get(), buffer.data(), buffer.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0 && errno == EAGAIN) break;
      if (count <= 0) from.reset(-1);
      if (count > 0) bytes.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return bytes;
  }

  ChildSignals signals_;
  Pipe output_;
  Pipe errors_;
  pid_t pid_ = 0;
  pid_t target_ = 0;
  int wait_status_ = 0;
  bool ended_ = false;
};

class Lines {
 public:
  explicit Lines(const LineSink& sink) : sink_(sink) {}

  void add(std::string_view text) {
    for (const char c : text) {
      if (c == '\n') {
        end_line();
      } else {
        line_ += c;
        if (line_.size() == kLongestLine) end_line();
      }
    }
  }
  void end() {
    if (!line_.empty()) end_line();
  }

 private:
  void end_line() {
    if (line_.ends_with('\r')) line_.pop_back();
    if (sink_) sink_(line_);
    line_.clear();
  }

  const LineSink& sink_;
  std::string line_;
};

ChildResult run(Child& child, const ChildCommand& command, Lines& lines) {
  const auto started = Clock::now();
  std::string output;
  for (;;) {
    const bool ended = child.ended();  // before reading: then all is there to be read
    output += child.read_output();
    lines.add(child.read_errors());
    if (output.size() > command.output_limit) return {ChildResult::End::too_much, 0, {}};
    if (ended) {
      auto result = child.result();
      result.output = std::move(output);
      return result;
    }
    auto left = std::chrono::milliseconds::max();
    if (command.timeout.count() != 0) {
      left =
          std::chrono::ceil<std::chrono::milliseconds>(command.timeout - (Clock::now() - started));
      if (left.count() <= 0) return {ChildResult::End::timed_out, 0, {}};
    }
    child.wait(left);
  }
}

}  // namespace

ChildResult run_child(const ChildCommand& command, const LineSink& on_error_line) {
  static std::mutex one_at_a_time;
  const std::lock_guard lock(one_at_a_time);
  Child child(command);
  Lines lines(on_error_line);
  auto result = run(child, command, lines);
  lines.end();
  return result;
}

}  // namespace podreg::k8s
