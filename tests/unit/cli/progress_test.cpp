// The line that says what podreg is doing: what it says, when it is there, what takes its place.
#include "cli/progress.h"

#include <gmock/gmock.h>

#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "cli/context.h"
#include "cli/prefixed_lines.h"
#include "core/error.h"
#include "tests/support/fake_streams.h"

namespace podreg::cli {
namespace {

using namespace std::chrono_literals;
using Clock = ProgressLine::Clock;

const Clock::time_point kBegin = Clock::time_point(1000h);

Work work(std::string what) { return {std::move(what), "answered", {}, kBegin}; }

std::string text_of(Work shown, Clock::duration after) {
  return progress_text(shown, kBegin + after);
}

std::string text_of(const rpc::Tally& tally, Clock::duration after = 0s) {
  auto shown = work("asking providers");
  shown.counts = tally;
  return text_of(shown, after);
}

std::string text_of(const k8s::ReadCounts& counts, Clock::duration after = 0s) {
  auto shown = work("reading pods");
  shown.counts = counts;
  return text_of(shown, after);
}

TEST(ProgressText, SaysHowManyAreAskedAnsweredAndFailed) {
  EXPECT_EQ(text_of(rpc::Tally{200, 42, 2}, 3s),
            "asking providers: 40 of 200 answered, 2 failed, 3 s");
  EXPECT_EQ(text_of(rpc::Tally{1, 0, 0}), "asking providers: 0 of 1 answered");
}

TEST(ProgressText, SaysHowMuchHasBeenRead) {
  EXPECT_EQ(text_of(k8s::ReadCounts{12'400, 9'542'041, 0}, 3s),
            "reading pods: 12,400 objects, 9.1 MiB, 3 s");
  EXPECT_EQ(text_of(k8s::ReadCounts{1, 640 << 10, 0}), "reading pods: 1 object, 640 KiB");
  EXPECT_EQ(text_of(k8s::ReadCounts{0, 3 << 20, std::uint64_t{5} << 30}),
            "reading pods: 3.0 MiB of 5.0 GiB");
  EXPECT_EQ(text_of(k8s::ReadCounts{0, 12, 0}), "reading pods: 12 bytes");
}

TEST(ProgressText, OfWhatIsSilentTellsTheTime) {
  EXPECT_EQ(text_of(work("reading pods"), 999ms), "reading pods …");
  EXPECT_EQ(text_of(work("reading pods"), 1999ms), "reading pods: 1 s");
  EXPECT_EQ(text_of(work("reading pods"), 125s), "reading pods: 2 min 5 s");
}

TEST(ProgressText, EscapesWhatComesFromElsewhere) {
  EXPECT_EQ(text_of(work("reading a\x1b[2J.json"), 0s), "reading a\\u001b[2J.json …");
}

class Line : public testing::Test {
 protected:
  ProgressLine::Handle begin(std::string what) { return line_.begin(work(std::move(what))); }
  void draw_after(Clock::duration time) { line_.draw(kBegin + time); }
  const std::string& written() const { return err_.text(); }

  tests::TextKeeper err_;
  std::size_t columns_ = 80;
  ProgressLine line_{err_, {true, [this] { return columns_; }, false}};
};

TEST_F(Line, IsThereAfterHalfASecondAndGoneAfterwards) {
  const auto handle = begin("reading pods");
  draw_after(499ms);
  EXPECT_EQ(written(), "");
  draw_after(500ms);
  EXPECT_EQ(written(), "\r\x1b[Kreading pods …");
  line_.end(handle);
  EXPECT_EQ(written(), "\r\x1b[Kreading pods …\r\x1b[K");
}

TEST_F(Line, IsDrawnAgainWhenItSaysSomethingElse) {
  const auto handle = begin("reading pods");
  draw_after(500ms);
  draw_after(600ms);
  EXPECT_EQ(written(), "\r\x1b[Kreading pods …");
  line_.set(handle, k8s::ReadCounts{7, 0, 0});
  draw_after(700ms);
  EXPECT_EQ(written(), "\r\x1b[Kreading pods …\r\x1b[Kreading pods: 7 objects");
}

TEST_F(Line, MakesWayForWhatIsWritten) {
  begin("reading pods");
  draw_after(500ms);
  line_.write("warning: x\n");
  EXPECT_EQ(written(), "\r\x1b[Kreading pods …\r\x1b[Kwarning: x\n");
  draw_after(600ms);
  EXPECT_EQ(written(),
            "\r\x1b[Kreading pods …\r\x1b[Kwarning: x\n"
            "\r\x1b[Kreading pods …");
}

TEST_F(Line, IsNotDrawnBehindHalfASentence) {
  begin("reading pods");
  line_.write("warning: ");
  draw_after(500ms);
  line_.write("x\n");
  EXPECT_EQ(written(), "warning: x\n");
}

TEST_F(Line, IsAboutTheWorkThatBeganFirst) {
  const auto outer = begin("changing pods");
  const auto inner = begin("reading pod");
  draw_after(500ms);
  line_.end(outer);
  draw_after(600ms);
  line_.end(inner);
  EXPECT_EQ(written(), "\r\x1b[Kchanging pods …\r\x1b[Kreading pod …\r\x1b[K");
}

TEST_F(Line, IsThereAtOnceForWhatFollowsALongWork) {
  const auto began = Clock::now();
  line_.end(line_.begin({"reading services", "", {}, began - 1s}));
  line_.begin({"reading pods", "", {}, began});
  line_.draw(began + 1ms);
  EXPECT_EQ(written(), "\r\x1b[Kreading pods …");
}

TEST_F(Line, OfAnotherWorkBeginsAnew) {
  const auto began = Clock::now();
  line_.end(line_.begin({"reading services", "", {}, began - 1s}));
  line_.begin({"reading pods", "", {}, began + 10s});
  line_.draw(began + 10s + 499ms);
  EXPECT_EQ(written(), "");
}

TEST_F(Line, IsHeldBackWhileSomebodyElseHasTheTerminal) {
  begin("asking contexts");
  draw_after(500ms);
  line_.hold();
  draw_after(600ms);
  EXPECT_EQ(written(), "\r\x1b[Kasking contexts …\r\x1b[K");
  line_.release();
  draw_after(700ms);
  EXPECT_EQ(written(), "\r\x1b[Kasking contexts …\r\x1b[K\r\x1b[Kasking contexts …");
}

TEST_F(Line, IsCutToTheTerminal) {
  columns_ = 12;
  begin("reading 注册中心.json");
  draw_after(500ms);
  EXPECT_EQ(written(), "\r\x1b[Kreading 注");  // 10 columns; the next one needs two
}

TEST_F(Line, IsNotDrawnWhereAnotherJobHasTheTerminal) {
  columns_ = 0;
  begin("reading pods");
  draw_after(500ms);
  EXPECT_EQ(written(), "");
}

// Several threads write lines at once, as credential plugins and -v do: to be run with the thread
// sanitizer.
void write_from_threads(core::TextSink& sink) {
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&sink] {
      for (int line = 0; line < 100; ++line) {
        sink.write("a line\n");
        sink.flush();
      }
    });
  }
}

std::string lines(std::string_view line) {
  std::string text;
  for (int i = 0; i < 400; ++i) text += line;
  return text;
}

TEST(ProgressLine, TakesLinesOfSeveralThreadsAlsoWhenItIsNotShown) {
  tests::TextKeeper err;
  ProgressLine line(err, {false, [] { return 0; }});
  write_from_threads(line);
  EXPECT_EQ(err.text(), lines("a line\n"));
}

TEST(ProgressOfSeveralContexts, TakesLinesOfSeveralThreads) {
  tests::TextKeeper err;
  std::mutex mutex;
  PrefixedLines messages("[a] ", err, mutex);
  write_from_threads(messages);
  EXPECT_EQ(err.text(), lines("[a] a line\n"));
}

TEST(ProgressLineOfItsOwn, DrawsAndErasesItself) {
  tests::TextKeeper err;
  {
    ProgressLine line(err, {true, [] { return 80; }});
    line.begin({"reading pods", "", {}, Clock::now() - 10s});
    std::this_thread::sleep_for(300ms);
  }
  EXPECT_THAT(err.text(), testing::StartsWith("\r\x1b[Kreading pods: 10 s"));
  EXPECT_THAT(err.text(), testing::EndsWith("\r\x1b[K"));
}

TEST(ProgressLineOfItsOwn, OfAWorkThatIsHeardBeginsWhenThatTakesAWhile) {
  tests::TextKeeper err;
  {
    ProgressLine line(err, {true, [] { return 80; }});
    const auto fast = line.begin({"reading services", "", {}, Clock::now(), true});
    line.look();
    line.end(fast);
    line.begin({"reading pods", "", {}, Clock::now() - 10s, true});
    std::this_thread::sleep_for(200ms);
    EXPECT_EQ(err.text(), "") << "nobody has looked";
    line.look();
    std::this_thread::sleep_for(300ms);
  }
  EXPECT_THAT(err.text(), testing::StartsWith("\r\x1b[Kreading pods: 10 s"));
  EXPECT_THAT(err.text(), testing::EndsWith("\r\x1b[K"));
}

bool is_shown(bool terminal, const std::function<void(GlobalOptions&)>& change,
              const std::string& term = "xterm") {
  GlobalOptions options;
  change(options);
  tests::FakeStreams fake(terminal);
  const k8s::Environment environment(
      [&](const std::string& name) { return name == "TERM" ? std::optional(term) : std::nullopt; });
  return Context(options, fake.streams, environment).progress_line().is_shown();
}

TEST(Progress, IsForATerminalThatCanEraseALine) {
  EXPECT_TRUE(is_shown(true, [](auto&) {}));
  EXPECT_FALSE(is_shown(false, [](auto&) {}));
  EXPECT_FALSE(is_shown(
      true, [](auto&) {}, "dumb"));
  EXPECT_FALSE(is_shown(
      true, [](auto&) {}, ""));
}

TEST(Progress, IsNotForQuietAndVerbose) {
  EXPECT_FALSE(is_shown(true, [](auto& options) { options.quiet = true; }));
  EXPECT_FALSE(is_shown(true, [](auto& options) { options.verbosity = 1; }));
}

}  // namespace
}  // namespace podreg::cli
