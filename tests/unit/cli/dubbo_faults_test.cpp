// Providers that misbehave over the dubbo protocol, seen from the command line: which status and
// which sentence, whatever they send, and never without end.
#include <gmock/gmock.h>

#include <algorithm>
#include <string>

#include "rpc/dubbo_frame.h"
#include "tests/support/raw_server.h"
#include "tests/unit/cli/dubbo_provider.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using rpc::DubboFrame;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using tests::Peer;
using tests::RawServer;
using namespace std::string_literals;

const std::string kRevision = "0123456789abcdef0123456789abcdef";

// An answer whose body is a value, then these bytes.
std::string answer(std::uint64_t id, const std::string& value) {
  DubboFrame frame;
  frame.status = 20;
  frame.id = id;
  frame.body = "\x91" + value;
  return encode(frame);
}

DubboAnswer answering(const std::string& value) {
  return [value](Peer& peer, std::uint64_t id) {
    peer.write(answer(id, value));
    peer.wait_for_end();
  };
}

DubboAnswer sending(const std::string& bytes) {
  return [bytes](Peer& peer, std::uint64_t) {
    peer.write(bytes);
    peer.wait_for_end();
  };
}

// A string of hessian2 shorter than 32 characters, a number in four bytes.
std::string text(const std::string& ascii) { return static_cast<char>(ascii.size()) + ascii; }
std::string number(const std::string& big_endian) { return "I" + big_endian; }

// A million fields, or none of the two billion that are announced.
std::string class_of(int fields) {
  const auto announced = fields == 0 ? "\x7f\xff\xff\xff"s : "\0\x0f\x42\x40"s;
  std::string bytes = "C" + text("x.A") + number(announced);
  for (int i = 0; i < fields; ++i) bytes += text("x");
  return bytes + "\x60";
}

using Case = FaultCase<DubboAnswer>;

class DubboFault : public ::testing::TestWithParam<Case> {};

TEST_P(DubboFault, EndsWithItsStatusAndASentenceThatNamesThePod) {
  const auto& [name, fault, status, sentence] = GetParam();
  const RawServer server([&fault = fault](Peer& peer) { serve_dubbo(peer, fault); });
  const auto snapshot = tests::shop_snapshot({{"shop-1", "10.0.0.1"}}, kRevision);
  for (const char* command : {"urls", "metadata"}) {
    const auto ran = run_on_snapshot(snapshot, {command, "shop", "--connect", server.authority(),
                                                "--timeout", timeout_of(sentence), "-o", "jsonl"});
    EXPECT_EQ(ran.status, status) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("podreg: error: no instance answered for the MetadataInfo of "
                                   "revision " +
                                   kRevision + ": pod \"shop-1\": "));
    EXPECT_THAT(ran.err, HasSubstr(sentence));
    EXPECT_THAT(ran.err, HasSubstr("warning: no instance of a revision of application"));
    EXPECT_TRUE(std::ranges::none_of(ran.err, [](unsigned char c) { return c < 32 && c != '\n'; }));
    EXPECT_THAT(ran.out, command == "urls"s ? testing::Matcher<std::string>(IsEmpty())
                                            : testing::Matcher<std::string>(Not(IsEmpty())));
  }
}

const Case kCases[] = {
    {"Silence", [](Peer& peer, std::uint64_t) { peer.wait_for_end(); }, 5, "no answer in time"},
    {"HeartbeatsWithoutEnd",
     [](Peer& peer, std::uint64_t) {
       DubboFrame beat;
       beat.request = beat.two_way = beat.event = true;
       beat.body = "N";
       while (peer.write(encode(beat))) {
       }
     },
     5, "no answer in time"},
    {"CloseAtOnce", [](Peer&, std::uint64_t) {}, 5, "the connection was closed without an answer"},
    {"CloseInTheMiddle",
     [](Peer& peer, std::uint64_t id) { peer.write(answer(id, "N").substr(0, 17)); }, 5,
     "the connection ended in the middle of an answer"},
    {"Garbage", sending("\x1b[31mGARBAGE\r\n"), 7, "what arrived is no dubbo frame"},
    {"WrongMagic", sending("\xda\xbc\x02\x14\0\0\0\0\0\0\0\1\0\0\0\2\x91N"s), 7,
     "what arrived is no dubbo frame"},
    {"Tls", sending("\x15\x03\1\0\2\2\x46"s), 7, "it speaks TLS"},
    {"Http", sending("HTTP/1.1 400 Bad Request\r\n\r\n"), 7, "it answers in HTTP/1"},
    {"TwoGigabytes", sending("\xda\xbb\x02\x14\0\0\0\0\0\0\0\1\x7f\xff\xff\xff"s), 7,
     "a dubbo frame of 2147483647 bytes"},
    {"DeepNesting", answering(std::string(100'000, '\x79') + "N"), 7,
     "nested deeper than 512 levels"},
    {"ReferenceToNowhere", answering("Q\x95"), 7, "a reference to value 5, of which there are 0"},
    {"ClassToNowhere", answering("O\x95"), 7,
     "an object of class definition 5, of which there are 0"},
    {"TypeToNowhere", answering("M\x95Z"), 7, "type 5, of which there are 0"},
    {"ClassOfAMillionFields", answering(class_of(1'000'000)), 7, "a class of 1000000 fields"},
    {"ClassOfTwoBillionFields", answering(class_of(0)), 7, "a length of 2147483647"},
    {"ListOfTwoBillion", answering("X" + number("\x7f\xff\xff\xff")), 7, "a length of 2147483647"},
    {"ListWithoutEnd", answering("W"), 7, "the data ends too early"},
    {"TextThatEndsTooEarly", answering("S\xff\xff"), 7, "a string that is cut short"},
    {"NoMetadataInfo", answering(text("hello")), 7, "the MetadataInfo is not an object"},
    {"Null", answering("N"), 7, "the instance does not have this revision"},
    {"NoAnswer", sending("\xda\xbb\x02\x14\0\0\0\0\0\0\0\1\0\0\0\0"s), 7,
     "the data ends too early"},
    {"StatusOfAnError",
     [](Peer& peer, std::uint64_t id) {
       DubboFrame frame;
       frame.status = 60;
       frame.id = id;
       frame.body = text("no \x1b[31m service");
       peer.write(encode(frame));
       peer.wait_for_end();
     },
     7, "the provider answered \"service not found (60)\": no "},
};

INSTANTIATE_TEST_SUITE_P(Provider, DubboFault, ::testing::ValuesIn(kCases),
                         [](const auto& test) { return test.param.name; });

// Which is asked first is chance, so it is tried until it was the one that is down.
TEST(DubboProvider, OneOfThreeThatIsDownCostsNoUrlAndIsNamed) {
  const RawServer server([&](Peer& peer) { serve_dubbo(peer, answer_as_recorded); });
  const auto snapshot = tests::shop_snapshot({{"shop-1", "127.0.0.1", server.port()},
                                              {"shop-2", "127.0.0.1", 1},
                                              {"shop-3", "127.0.0.1", server.port()}},
                                             recorded_revision());
  bool named = false;
  for (int i = 0; i < 60 && !named; ++i) {
    const auto ran = run_on_snapshot(
        snapshot, {"urls", "shop", "--via", "direct", "--timeout", "60s", "-o", "jsonl"});
    ASSERT_EQ(ran.status, 0) << ran.err;
    for (const char* pod : {"shop-1", "shop-2", "shop-3"}) {
      EXPECT_THAT(ran.out, HasSubstr("\"pod\":\""s + pod + "\""));
    }
    named = ran.err.find("pod \"shop-2\" (127.0.0.1) did not answer") != std::string::npos;
    EXPECT_EQ(named, ran.err.find("did not answer") != std::string::npos) << ran.err;
  }
  EXPECT_TRUE(named);
}

// Then it is not known whether the interface is provided, so it is not said to be missing.
TEST(DubboProvider, AnInterfaceOfWhichNobodyAnsweredIsNotSaidToBeMissing) {
  const auto ran = run_on_snapshot(tests::shop_snapshot({{"shop-1", "10.0.0.1"}}, kRevision),
                                   {"urls", "x.A", "--no-cache", "--connect", "127.0.0.1:1"});
  EXPECT_EQ(ran.status, 5) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("podreg: error: no instance could be asked for the MetadataInfo"));
}

}  // namespace
}  // namespace podreg::cli
