// Every command says of a snapshot what it says of what the snapshot was taken of.

#include <gmock/gmock.h>
#include <sys/stat.h>

#include <map>
#include <thread>

#include "core/json.h"
#include "tests/support/random_cluster.h"
#include "tests/unit/cli/provider_run.h"

namespace podreg::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

using Words = std::vector<std::string>;

Words with(Words words, const Words& more) {
  words.insert(words.end(), more.begin(), more.end());
  return words;
}

// A cluster made up by chance, and its snapshots.
class SnapshotOfChance {
 public:
  explicit SnapshotOfChance(unsigned seed)
      : cluster_(seed),
        source(folder_.write("source.json", cluster_.list())),
        metadata("@" + folder_.write("metadata.json", cluster_.metadata_list())),
        path(folder_.path("snapshot.json")) {}

  // Takes one of a file; returns its own.
  std::string take(const std::string& of, const std::string& name, const Words& flags) const {
    const auto file = folder_.path(name);
    const auto ran =
        run_podreg(with({"snapshot", "-q", "--snapshot", of, "--output-file", file}, flags));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    return file;
  }
  std::string text_of(const std::string& file) const {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }

 private:
  tests::TemporaryFolder folder_;
  tests::RandomCluster cluster_;

 public:
  std::string source;
  std::string metadata;  // --metadata-file
  std::string path;
};

// In that scope, with providers that answer what the file says (empty: nothing is asked of them).
std::vector<Words> questions(const Words& scope, const std::string& metadata) {
  std::vector<Words> questions;
  const Words file = metadata.empty() ? Words{} : Words{"--metadata-file", metadata};
  const auto ask = [&](const Words& words) {
    questions.push_back(with(with(words, scope), {"-o", "json"}));
  };
  const Words slices = {"--endpoint-source", "endpointslices"};
  ask({"services"});
  ask(with({"services"}, slices));
  ask(with({"mapping", "--no-cache"}, file));
  ask(with({"metadata", "pod/order-0"}, file));
  ask(with({"urls", "com.example.cart.Api0", "--no-cache"}, file));
  for (const auto& service : tests::RandomCluster::services()) {
    ask({"instances", service});
    ask(with({"instances", service}, slices));
    ask(with({"metadata", service}, file));
    ask(with({"urls", service}, file));
  }
  return questions;
}

// All but hints, which tell of other namespaces when there are some.
std::string answer(const Words& question, const std::string& snapshot) {
  const auto ran = run_podreg(with(question, {"--snapshot", snapshot}));
  return ran.out + "\n--\n" + ran.err.substr(0, ran.err.find("hint: ")) + "\n--\n" +
         std::to_string(ran.status);
}

void expect_same_answers(const std::vector<Words>& of_one, const std::string& one,
                         const std::vector<Words>& of_other, const std::string& other) {
  for (std::size_t i = 0; i < of_one.size(); ++i) {
    ASSERT_EQ(answer(of_one[i], one), answer(of_other[i], other))
        << testing::PrintToString(of_one[i]) << "\n"
        << testing::PrintToString(of_other[i]);
  }
}

class SnapshotProperty : public testing::TestWithParam<unsigned> {
 protected:
  SnapshotOfChance chance_{GetParam()};
};

TEST_P(SnapshotProperty, EveryCommandAnswersTheSame) {
  for (const Words& scope : {Words{"-A"}, Words{"-n", "alpha"}}) {
    const auto packed = chance_.take(chance_.source, "packed.json.gz", scope);
    const auto asked = questions(scope, chance_.metadata);
    expect_same_answers(asked, chance_.source, asked, packed);
  }
}

TEST_P(SnapshotProperty, WithMetadataItAnswersWithoutTheFile) {
  const auto taken = chance_.take(chance_.source, "taken.json",
                                  {"-A", "--metadata", "--metadata-file", chance_.metadata});
  expect_same_answers(questions({"-A"}, chance_.metadata), chance_.source, questions({"-A"}, ""),
                      taken);
}

TEST_P(SnapshotProperty, OfASnapshotItIsTheSameBytes) {
  const Words flags = {"-A", "--metadata", "--metadata-file", chance_.metadata};
  const auto one = chance_.take(chance_.source, "1.json", flags);
  const auto two = chance_.take(one, "2.json", {"-A"});
  const auto packed = chance_.take(two, "3.json.gz", {"-A"});
  const auto three = chance_.take(packed, "4.json", {"-A", "--metadata"});
  EXPECT_EQ(chance_.text_of(one), chance_.text_of(two));
  EXPECT_EQ(chance_.text_of(one), chance_.text_of(three));
  EXPECT_LT(chance_.text_of(packed).size(), chance_.text_of(one).size());
  EXPECT_THAT(chance_.text_of(one), Not(HasSubstr("secret")));
}

TEST_P(SnapshotProperty, OfNamedServicesItAnswersTheSameAboutThem) {
  for (const auto& service : tests::RandomCluster::services()) {
    const auto ran = run_podreg({"snapshot", service, "-n", "beta", "--snapshot", chance_.source});
    if (ran.status == 3) continue;  // there is no such Service
    ASSERT_EQ(ran.status, 0) << ran.err;
    const tests::TemporaryFolder folder;
    const auto taken = folder.write("s.json", ran.out);
    for (const Words& words :
         {Words{"instances", service, "-n", "beta"},
          Words{"instances", service, "-n", "beta", "--endpoint-source", "endpointslices"}}) {
      EXPECT_EQ(answer(words, chance_.source), answer(words, taken));
    }
  }
}

// Whether two documents differ in nothing but texts, each of which always stands for the same.
class SameButForTexts {
 public:
  void compare(const core::JsonValue& one, const core::JsonValue& other) {
    ASSERT_EQ(one.GetType(), other.GetType());
    if (one.IsString()) return compare(std::string(one.GetString()), other.GetString());
    if (one.IsArray()) {
      ASSERT_EQ(one.Size(), other.Size());
      for (rapidjson::SizeType i = 0; i < one.Size(); ++i) compare(one[i], other[i]);
    } else if (one.IsObject()) {
      ASSERT_EQ(one.MemberCount(), other.MemberCount());
      auto there = other.MemberBegin();
      for (const auto& member : one.GetObject()) {
        compare(std::string(member.name.GetString()), there->name.GetString());
        compare(member.value, there->value);
        ++there;
      }
    } else {
      ASSERT_EQ(one, other);
    }
  }

 private:
  void compare(const std::string& one, const std::string& other) {
    EXPECT_EQ(to_.emplace(one, other).first->second, other);
    EXPECT_EQ(from_.emplace(other, one).first->second, one);
  }

  std::map<std::string, std::string> to_;
  std::map<std::string, std::string> from_;
};

TEST_P(SnapshotProperty, RedactedItAnswersTheSameButForNames) {
  const Words flags = {"-A", "--metadata", "--metadata-file", chance_.metadata};
  const auto plain = chance_.take(chance_.source, "plain.json", flags);
  const auto redacted = chance_.take(plain, "redacted.json", {"-A", "--redact"});
  const auto text = chance_.text_of(redacted);
  for (const auto* name : {"alpha", "beta", "cart", "order", "stock", "com.example", "node-",
                           "10.8.8", "team-x", "sa-"}) {
    EXPECT_THAT(text, Not(HasSubstr(name)));
  }
  for (const Words& question :
       {Words{"services", "-A", "-o", "json"},
        Words{"services", "-A", "-o", "json", "--endpoint-source", "endpointslices"},
        Words{"mapping", "-A", "--no-cache", "-o", "json"}}) {
    const auto real = run_podreg(with(question, {"--snapshot", plain}));
    const auto other = run_podreg(with(question, {"--snapshot", redacted}));
    EXPECT_EQ(real.status, other.status) << real.err << other.err;
    core::JsonDocument one;
    core::JsonDocument two;
    one.Parse(real.out.c_str());
    two.Parse(other.out.c_str());
    SCOPED_TRACE(real.out + other.out);
    SameButForTexts().compare(one["items"], two["items"]);
    EXPECT_EQ(one["warnings"].Size(), two["warnings"].Size());
  }
}

INSTANTIATE_TEST_SUITE_P(Chance, SnapshotProperty, testing::Range(1U, 7U));

const std::string kShop = tests::shop_snapshot({{"shop-1", "127.0.0.1"}}, "abc");

TEST(Snapshot, AServiceThatDoesNotExistIsAnErrorAndNothingIsWritten) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path("s.json");
  const auto ran = run_on_snapshot(kShop, {"snapshot", "nope", "--output-file", file});
  EXPECT_EQ(ran.status, 3);
  EXPECT_THAT(ran.err, HasSubstr("Service \"nope\" not found in namespace \"demo\""));
  EXPECT_FALSE(std::filesystem::exists(file));
}

TEST(Snapshot, AFormatIsRefusedBecauseItIsJson) {
  const auto ran = run_on_snapshot(kShop, {"snapshot", "-o", "yaml"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("a snapshot is JSON"));
}

TEST(Snapshot, WhenNobodyAnswersTheRestIsWrittenAndTheStatusSaysSo) {
  const auto ran = run_on_snapshot(kShop, {"snapshot", "--metadata"});
  EXPECT_EQ(ran.status, 5);
  EXPECT_THAT(ran.out, HasSubstr("\"kind\":\"Pod\""));
  EXPECT_THAT(ran.err, HasSubstr("with --snapshot no provider is asked"));
}

TEST(Snapshot, AFileThatCannotBeWrittenIsNamed) {
  const auto ran = run_on_snapshot(kShop, {"snapshot", "--output-file", "/nowhere/s.json"});
  EXPECT_NE(ran.status, 0);
  EXPECT_THAT(ran.err, HasSubstr("cannot write /nowhere/s.json"));
}

// A pipe has its content once, and a diagnosis asks in more than one way.
TEST(Snapshot, APipeIsEnoughForADiagnosis) {
  const tests::TemporaryFolder folder;
  const auto pipe = folder.path("pipe");
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::thread writer([&] { std::ofstream(pipe) << kShop; });
  const auto ran = run_podreg({"doctor", "-n", "demo", "--snapshot", pipe, "--fail-on", "never"});
  writer.join();
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("1 Service looked at"));
}

// YAML does not tell where it ends, so that one that was cut short may look like a whole one.
TEST(Snapshot, YamlThatEndsInTheMiddleOfALineIsAWarning) {
  const std::string whole = kShop;
  const auto cut = whole.substr(0, whole.find_last_not_of('\n') + 1);
  for (const char* command : {"services", "doctor"}) {
    const auto of_cut = run_on_snapshot(cut, {command});
    EXPECT_THAT(of_cut.err, HasSubstr("ends in the middle of a line: it may have been cut short"));
    EXPECT_THAT(run_on_snapshot(whole, {command}).err, Not(HasSubstr("cut short")));
  }
  EXPECT_THAT(run_on_snapshot(cut, {"services", "-q"}).err, Not(HasSubstr("cut short")));
}

TEST(Snapshot, ACompressedOneIsNotChangedInPlace) {
  const tests::TemporaryFolder folder;
  const auto file = folder.path("s.json.gz");
  const auto taken = run_on_snapshot(kShop, {"snapshot", "--output-file", file});
  ASSERT_EQ(taken.status, 0) << taken.err;
  EXPECT_THAT(taken.err, HasSubstr(file + ": "));
  const auto ran = run_podreg({"unregister", "shop-1", "--snapshot", file, "--in-place"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("is compressed, and cannot be changed in place"));
  const auto shown =
      run_podreg({"unregister", "shop-1", "--snapshot", file, "--dry-run", "client"});
  EXPECT_EQ(shown.status, 0) << shown.err;
}

// U+009B begins a control sequence as ESC [ does, U+202E turns the text around.
TEST(Snapshot, WhatATerminalMightObeyIsEscaped) {
  std::string hidden = "a\xC2\x9B\x7F";
  hidden.append({'\xE2', '\x80', '\xAE'}).append("订");
  const tests::TemporaryFolder folder;
  const auto source = folder.write(
      "evil.json", R"({"kind":"Pod","apiVersion":"v1","metadata":{"name":"a","namespace":"demo",)"
                   R"("annotations":{"io.dubbo/metadata":"{\"k\":\")" +
                       hidden + R"(\"}"}}})");
  const auto ran = run_podreg({"snapshot", "-n", "demo", "--snapshot", source});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr(R"(a\u009b\u007f\u202e订)"));
  const auto again =
      run_podreg({"snapshot", "-n", "demo", "--snapshot", folder.write("again.json", ran.out)});
  EXPECT_EQ(again.out, ran.out);
}

}  // namespace
}  // namespace podreg::cli
