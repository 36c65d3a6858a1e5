// The API server at its worst, seen from the command line: for every place in a conversation
// (connect, TLS, headers, body, trailers, watch), every way to go wrong there, for a command that
// reads, one that writes and one that watches. Faults of port-forwards and of providers are in
// port_forward_faults_test, dubbo_faults_test and triple_faults_test.
//
// Each ends by itself with the status of cli.md and a sentence, prints no result, sends a write at
// most once, and leaves no descriptor and no child open.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <sys/wait.h>

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/raw_server.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using tests::Peer;
using tests::RawServer;

// The exit statuses, as users have them.
constexpr int kDone = 0;
constexpr int kUnreachable = 5;
constexpr int kInvalidData = 7;
constexpr int kNotMet = 8;

enum class Place { connect, tls, headers, body, trailers, watch };
enum class Fault { refused, reset, silence, trickle, cut, garbage, endless, slow_close };
enum class Does { read, write, watch };

constexpr std::array kPlaceNames = {"Connect", "Tls", "Headers", "Body", "Trailers", "Watch"};
constexpr std::array kFaultNames = {"Refused", "Reset",   "Silence", "OneByteAtATime",
                                    "Cut",     "Garbage", "Endless", "SlowClose"};
constexpr std::array kDoesNames = {"Read", "Write", "Watch"};

// A proper answer, cut where a fault can stand.
struct Answer {
  std::string headers;   // with the empty line behind them
  std::string body;      // as one chunk
  std::string trailers;  // from the last chunk on

  Answer(const std::string& json, Fault fault, bool endless_body)
      : headers("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTrailer: X-Checksum\r\n" +
                std::string(fault == Fault::slow_close ? "Connection: close\r\n" : "") +
                "Transfer-Encoding: chunked\r\n\r\n"),
        body(size_line(fault == Fault::endless && endless_body ? 0x7fffffff : json.size()) + json +
             "\r\n"),
        trailers("0\r\nX-Checksum: 12\r\n\r\n") {}

  static std::string size_line(std::size_t size) { return fmt::format("{:x}\r\n", size); }
  std::string whole() const { return headers + body + trailers; }

  // What comes before the fault, which is in the middle of that part.
  std::string before(Place place) const {
    if (place == Place::headers) return headers.substr(0, headers.size() / 2);
    if (place == Place::trailers) return headers + body + trailers.substr(0, 8);
    return headers + body.substr(0, body.find(R"("kind":")") + 9);  // within a text
  }
};

// More of the same, without end.
std::string more_of(Place place) {
  if (place == Place::headers || place == Place::trailers) {
    return "X-More: " + std::string(1000, 'x') + "\r\n";
  }
  return std::string(1 << 16, 'x');
}

void trickle(Peer& peer, const std::string& bytes) {
  for (const char byte : bytes) {
    if (!peer.write(std::string(1, byte))) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  peer.wait_for_end();
}

// Instead of `rest`, which would have been right.
void go_wrong(Peer& peer, Fault fault, const std::string& rest, const std::string& more) {
  switch (fault) {
    case Fault::refused:
    case Fault::cut:
      break;
    case Fault::reset:
      std::this_thread::sleep_for(std::chrono::milliseconds(10));  // what was written arrives
      peer.reset_at_close();
      break;
    case Fault::silence:
      peer.wait_for_end();
      break;
    case Fault::trickle:
      trickle(peer, rest);
      break;
    case Fault::garbage:
      peer.write(std::string("\x00\xff\x1b[31mGARBAGE\r\n\r\n", 17));
      break;
    case Fault::endless:
      while (peer.write(more)) {
      }
      break;
    case Fault::slow_close:
      peer.write(rest);
      peer.wait_for_end();
      break;
  }
}

constexpr const char* kService =
    R"({"kind":"Service","apiVersion":"v1","metadata":{"name":"shop","namespace":"demo"},)"
    R"("spec":{"selector":{"app":"shop"}}})";
constexpr const char* kPod =
    R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"shop-1","namespace":"demo",)"
    R"("resourceVersion":"7","labels":{"app":"shop"},)"
    R"("annotations":{"io.dubbo/metadata":"{\"a\":\"b\"}"}}})";

// The list or object at that address.
std::string proper_answer(const std::string& target) {
  if (target.find("/pods/shop-1") != std::string::npos) return kPod;
  const auto list = [](const std::string& kind, const std::string& items) {
    return R"({"kind":")" + kind + R"(","apiVersion":"v1","metadata":{"resourceVersion":"7"},)" +
           R"("items":[)" + items + "]}";
  };
  if (target.find("/services") != std::string::npos) return list("ServiceList", kService);
  if (target.find("/endpoints") != std::string::npos) return list("EndpointsList", "");
  return list("PodList", kPod);
}

struct Case {
  Place place;
  Fault fault;
  Does does;
};

// Behaves until the request that the fault is about: the first one, of a write the PATCH, of
// Place::watch the first watch.
class WorstServer {
 public:
  explicit WorstServer(Case one) : case_(one), server_([this](Peer& peer) { serve(peer); }) {}

  std::string url() const {
    const bool tls = case_.place == Place::connect || case_.place == Place::tls;
    return (tls ? "https://" : "http://") + server_.authority();
  }
  int writes() const { return writes_; }

 private:
  void serve(Peer& peer) {
    if (case_.place == Place::connect)
      return go_wrong(peer, case_.fault, {}, std::string(1000, 'x'));
    if (case_.place == Place::tls) return fail_handshake(peer);
    for (auto head = peer.read_request(); !head.empty(); head = peer.read_request()) {
      if (!answer(peer, head)) return;
    }
  }

  // A ServerHello that says that it is of 400 bytes.
  void fail_handshake(Peer& peer) const {
    peer.read_some(4096);
    const std::string begin("\x16\x03\x03\x01\x90\x02\x00\x01\x8c\x03\x03", 11);
    peer.write(begin);
    go_wrong(peer, case_.fault, std::string(389, '\0'), std::string(1000, 'x'));
  }

  // False at the end of the conversation.
  bool answer(Peer& peer, const std::string& head) {
    const bool is_write = head.starts_with("PATCH ");
    const bool is_watch = head.find("watch=") != std::string::npos;
    if (is_write) ++writes_;
    peer.read_body(head);
    if (head.find("sendInitialEvents=") != std::string::npos) return refuse_streaming(peer);
    const bool about = is_about(is_write, is_watch);
    const Answer proper(is_watch ? "{}" : proper_answer(head.substr(0, head.find(" HTTP/"))),
                        about ? case_.fault : Fault::cut, case_.place == Place::body);
    if (!about) {
      return is_watch ? hold(peer, proper) : peer.write(proper.whole());
    }
    if (case_.fault == Fault::refused) return refuse(peer);
    const auto place = case_.place == Place::watch ? Place::body : case_.place;
    const auto before = case_.place == Place::watch ? proper.headers : proper.before(place);
    peer.write(before);
    const auto whole = proper.whole();
    go_wrong(peer, case_.fault, whole.substr(before.size()), more_of(place));
    return false;
  }

  bool is_about(bool is_write, bool is_watch) const {
    if (case_.place == Place::watch) return is_watch;
    return case_.does == Does::write ? is_write : !is_watch;
  }

  // A watch on which nothing happens.
  static bool hold(Peer& peer, const Answer& proper) {
    peer.write(proper.headers);
    peer.wait_for_end();
    return false;
  }

  // As an API server before 1.27: lists it is.
  static bool refuse_streaming(Peer& peer) {
    return peer.answer("422 Unprocessable Entity", "text/plain", "sendInitialEvents is forbidden");
  }

  static bool refuse(Peer& peer) {
    return peer.answer("503 Service Unavailable", "text/plain", "not now");
  }

  Case case_;
  std::atomic<int> writes_{0};
  RawServer server_;
};

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
    return "no TLS connection to|cannot be reached: |did not finish its answer within [0-9]+ m?s";
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
                                         : "has a text of more than 40 MiB|is larger than 8 "
                                           "MiB|did not finish its answer within [0-9]+ m?s";
    default:
      return "did not finish its answer within [0-9]+ m?s";
  }
}

void expect_sentence(const Case& one, const Ran& ran) {
  auto sentence = sentence_of(one);
  if (one.does == Does::watch) {
    sentence += R"(|did not send what Service "shop" consists of within [0-9]s)";
  }
  if (ran.status == kNotMet) sentence = "does not meet instances>=5 within [0-9]s: there are 0";
  EXPECT_THAT(ran.err, testing::ContainsRegex("error: .*(" + sentence + ")"));
  EXPECT_EQ(ran.out, "");
  EXPECT_THAT(ran.err, testing::Not(testing::HasSubstr("\x1b")));
}

class FaultMatrix : public testing::TestWithParam<Case> {};

TEST_P(FaultMatrix, EndsWithItsStatusAndASentence) {
  const auto& one = GetParam();
  const auto descriptors = open_descriptors();
  auto outcome = run_against_worst(one, kUsual);
  const bool is_right = statuses_of(one).contains(outcome.ran.status);
  if (!is_right) outcome = run_against_worst(one, kOfABusyMachine);
  const auto& ran = outcome.ran;
  EXPECT_THAT(statuses_of(one), testing::Contains(ran.status)) << ran.err;
  if (ran.status != kDone) expect_sentence(one, ran);
  EXPECT_LE(outcome.writes, 1);
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
