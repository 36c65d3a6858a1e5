// The API server at its worst, seen from the command line: for every place in a conversation
// (connect, TLS, headers, body, trailers, watch), every way to go wrong there, for a command that
// reads, one that writes and one that watches. Faults of port-forwards and of providers are in
// port_forward_faults_test, dubbo_faults_test and triple_faults_test.
//
// Each ends by itself with the status of cli.md and a sentence, prints no result, sends a write at
// most once, holds less than 64 MiB, and leaves no descriptor and no child open.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <array>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "tests/support/heap_peak.h"
#include "tests/unit/cli/provider_run.h"
#include "tests/unit/cli/worst_server.h"

namespace podreg::cli {
namespace {

// The exit statuses, as users have them.
constexpr int kDone = 0;
constexpr int kUnreachable = 5;
constexpr int kInvalidData = 7;
constexpr int kNotMet = 8;

constexpr std::array kPlaceNames = {"Connect", "Tls", "Headers", "Body", "Trailers", "Watch"};
constexpr std::array kFaultNames = {"Refused", "Reset",   "Silence", "OneByteAtATime",
                                    "Cut",     "Garbage", "Endless", "SlowClose"};
constexpr std::array kDoesNames = {"Read", "Write", "Watch"};

// How long podreg may take: for a request, and to wait in all.
struct Patience {
  const char* request;
  const char* wait;
};
constexpr Patience kUsual{"400ms", "1s"};
constexpr Patience kOfABusyMachine{"5s", "8s"};

std::vector<std::string> command_of(Does does, const Patience& patience) {
  if (does == Does::read) return {"services"};
  if (does == Does::write) return {"unregister", "shop-1"};
  return {"wait", "shop", "--for", "instances>=5", "--timeout", patience.wait};
}

// What podreg did, and how often it wrote.
struct Outcome {
  Ran ran;
  int writes = 0;
};

Outcome run_against_worst(const Case& one, const Patience& patience) {
  const WorstServer server(one);
  const auto url = server.url();
  auto arguments = command_of(one.does, patience);
  for (const char* word : {"-n", "demo", "--kubeconfig", "/dev/null", "--insecure-skip-tls-verify",
                           "--request-timeout", patience.request, "--server", url.c_str()}) {
    arguments.emplace_back(word);
  }
  return {run_podreg(arguments), server.writes()};
}

std::size_t open_descriptors() {
  const std::filesystem::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

// The statuses with which it may end; of a watch there are two where the time is over before or
// after another attempt.
std::set<int> statuses_of(const Case& one) {
  const bool watches = one.does == Does::watch;
  if (one.place == Place::watch) return {kNotMet};  // what was listed is known
  if (one.place == Place::connect || one.place == Place::tls) return {kUnreachable};
  const bool complete = one.place == Place::trailers && one.fault != Fault::refused;
  if (complete || one.fault == Fault::slow_close) return {watches ? kNotMet : kDone};
  const bool nonsense = one.fault == Fault::garbage || one.fault == Fault::endless;
  if (!nonsense) return {kUnreachable};
  // A text without end is one that is too long, or one that takes too long.
  const bool in_time = one.fault == Fault::endless && one.place == Place::body;
  if (watches || in_time) return {kInvalidData, kUnreachable};
  return {kInvalidData};
}

std::string sentence_of(const Case& one) {
  if (one.place == Place::connect || one.place == Place::tls) {
    return "no TLS connection to|cannot be reached: |did not (finish its )?answer within [0-9]+ "
           "m?s";
  }
  switch (one.fault) {
    case Fault::refused:
      return "answered 503: not now";
    case Fault::reset:
    case Fault::cut:
      return one.place == Place::headers ? "broke off before it answered|ended before it began"
                                         : "broke off in the middle of its answer";
    case Fault::garbage:
      return one.place == Place::headers ? "does not speak HTTP" : "is not UTF-8 text";
    case Fault::endless:
      return one.place == Place::headers ? "has too many headers"
                                         : "has a text of more than 13 MiB|is larger than 8 "
                                           "MiB|did not (finish its )?answer within [0-9]+ m?s";
    default:
      return "did not (finish its )?answer within [0-9]+ m?s";
  }
}

// What goes to standard error; nothing of a command that is done.
testing::Matcher<std::string> message_of(const Case& one, int status) {
  if (status == kDone) return testing::_;
  auto sentence = sentence_of(one);
  if (one.does == Does::watch) {
    sentence += R"(|did not send what Service "shop" consists of within [0-9]s)";
  }
  if (status == kNotMet) sentence = "does not meet instances>=5 within [0-9]s: there are 0";
  return testing::ContainsRegex("error: .*(" + sentence + ")");
}

bool is_as_expected(const Case& one, const Ran& ran) {
  return statuses_of(one).contains(ran.status) &&
         testing::Matches(message_of(one, ran.status))(ran.err);
}

void expect_only_message(const Case& one, const Ran& ran) {
  EXPECT_THAT(ran.err, message_of(one, ran.status));
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, testing::Not(testing::HasSubstr("\x1b")));
}

class FaultMatrix : public testing::TestWithParam<Case> {};

TEST_P(FaultMatrix, EndsWithItsStatusAndASentence) {
  const auto& one = GetParam();
  const auto descriptors = open_descriptors();
  const tests::HeapPeak heap;
  auto outcome = run_against_worst(one, kUsual);
  if (!is_as_expected(one, outcome.ran)) outcome = run_against_worst(one, kOfABusyMachine);
  const auto& ran = outcome.ran;
  EXPECT_THAT(statuses_of(one), testing::Contains(ran.status)) << ran.err;
  if (ran.status != kDone) expect_only_message(one, ran);
  EXPECT_LE(outcome.writes, 1);
  EXPECT_LT(heap.bytes(), std::size_t{64} << 20);
  EXPECT_EQ(open_descriptors(), descriptors);
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "a child is left";
}

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (std::size_t place = 0; place < kPlaceNames.size(); ++place) {
    for (std::size_t fault = 0; fault < kFaultNames.size(); ++fault) {
      for (std::size_t does = 0; does < kDoesNames.size(); ++does) {
        const Case one{static_cast<Place>(place), static_cast<Fault>(fault),
                       static_cast<Does>(does)};
        if (one.place != Place::watch || one.does == Does::watch) cases.push_back(one);
      }
    }
  }
  return cases;
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
  const auto& [place, fault, does] = info.param;
  return fmt::format("{}{}{}", kPlaceNames[static_cast<std::size_t>(place)],
                     kFaultNames[static_cast<std::size_t>(fault)],
                     kDoesNames[static_cast<std::size_t>(does)]);
}

INSTANTIATE_TEST_SUITE_P(Api, FaultMatrix, testing::ValuesIn(all_cases()), name_of);

}  // namespace
}  // namespace podreg::cli
