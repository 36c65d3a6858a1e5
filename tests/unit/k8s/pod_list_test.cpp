#include "k8s/pod_list.h"

#include <gmock/gmock.h>

#include <random>

#include "core/error.h"
#include "tests/support/piecewise_source.h"
#include "tests/support/protobuf_writer.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;
using tests::entry;
using tests::envelope;
using tests::field;
using tests::list_of;
using tests::PiecewiseSource;
using tests::pod_list;
using tests::PodFields;
using tests::tag;
using tests::varint;

struct SeenPod {
  std::string ns;
  std::string name;
  std::optional<std::string> annotation;
  std::optional<core::Labels> labels;

  bool operator==(const SeenPod&) const = default;
};

struct Outcome {
  std::vector<SeenPod> pods;
  ReadSummary summary;
  std::string error;  // empty: none
};

Outcome read(std::string_view bytes, std::size_t piece = 1'000'000, bool with_labels = true) {
  Outcome outcome;
  PiecewiseSource source(bytes, piece);
  const core::PodSink sink = [&](const core::PodView& pod) {
    SeenPod seen{std::string(pod.ns), std::string(pod.name), {}, {}};
    if (pod.annotation) seen.annotation = *pod.annotation;
    if (pod.labels != nullptr) seen.labels = *pod.labels;
    outcome.pods.push_back(std::move(seen));
  };
  try {
    outcome.summary = read_pod_list(source, "the list", with_labels, sink);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::invalid_data);
    outcome.error = error.what();
  }
  return outcome;
}

std::vector<PodFields> three_pods() {
  return {
      {"demo", "shop-1", {{"app", "shop"}, {"a", "1"}}, {{"io.dubbo/metadata", R"({"a":"b"})"}}},
      {"demo", "shop-2", {{"app", "shop"}}, {{"other", "x"}}},
      {"other", "shop-3", {}, {{"zz", ""}, {"io.dubbo/metadata", ""}}}};
}

TEST(PodList, PodsAreReadWithNamespaceNameAndAnnotation) {
  const auto outcome = read(pod_list(three_pods()), 1'000'000, false);
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.pods, ElementsAre(SeenPod{"demo", "shop-1", R"({"a":"b"})", std::nullopt},
                                        SeenPod{"demo", "shop-2", std::nullopt, std::nullopt},
                                        SeenPod{"other", "shop-3", "", std::nullopt}));
  EXPECT_EQ(outcome.summary.objects, 3U);
  EXPECT_EQ(outcome.summary.known, 3U);
  EXPECT_EQ(outcome.summary.resource_version, "815");
}

TEST(PodList, LabelsAreGivenSortedWhenAskedFor) {
  const auto outcome = read(pod_list(three_pods()));
  ASSERT_EQ(outcome.pods.size(), 3U);
  EXPECT_THAT(outcome.pods[0].labels,
              testing::Optional(ElementsAre(Pair("a", "1"), Pair("app", "shop"))));
  EXPECT_THAT(outcome.pods[1].labels, testing::Optional(ElementsAre(Pair("app", "shop"))));
  EXPECT_THAT(outcome.pods[2].labels, testing::Optional(testing::IsEmpty()));
}

TEST(PodList, OfALabelThatIsThereTwiceTheLastCounts) {
  const auto outcome = read(pod_list({{"demo", "p", {{"b", "1"}, {"a", "2"}, {"b", "3"}}, {}}}));
  ASSERT_EQ(outcome.pods.size(), 1U);
  EXPECT_THAT(outcome.pods[0].labels,
              testing::Optional(ElementsAre(Pair("a", "2"), Pair("b", "3"))));
}

TEST(PodList, PiecesOfEverySizeGiveTheSame) {
  const std::string bytes = pod_list(three_pods());
  const auto whole = read(bytes);
  for (std::size_t piece = 1; piece <= bytes.size(); ++piece) {
    const auto outcome = read(bytes, piece);
    ASSERT_EQ(outcome.error, "") << piece;
    ASSERT_EQ(outcome.pods, whole.pods) << piece;
  }
}

TEST(PodList, AnEmptyListIsEmpty) {
  const auto outcome = read(pod_list({}));
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.summary.objects, 0U);
}

TEST(PodList, TheTokenOfTheNextPageIsGiven) {
  EXPECT_EQ(read(pod_list({}, "page two")).summary.continue_token, "page two");
}

TEST(PodList, APodListInFullIsReadToo) {
  const auto outcome = read(envelope("PodList", list_of(three_pods()), "v1"));
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.pods.size(), 3U);
}

TEST(PodList, UnknownFieldsAreSkipped) {
  std::string list = list_of({{"demo", "p", {}, {}}});
  list = tag(9, 0) + varint(7) + list + tag(10, 5) + "1234" + field(11, "more") + tag(12, 1) +
         "12345678";
  const auto outcome = read(envelope("PartialObjectMetadataList", list) + field(9, "x"), 3);
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.pods.size(), 1U);
}

TEST(PodList, AnotherKindIsAnErrorThatNamesIt) {
  const auto outcome = read(envelope("Status", list_of(three_pods()), "v1"));
  EXPECT_THAT(outcome.error, HasSubstr("it is a Status, not a list of pods"));
  EXPECT_TRUE(outcome.pods.empty());
}

TEST(PodList, WhatDoesNotBeginLikeKubernetesProtobufIsAnError) {
  EXPECT_THAT(read(R"({"kind":"PodList"})").error, HasSubstr("does not begin as"));
  EXPECT_THAT(read("").error, HasSubstr("cut short after 0 bytes"));
}

TEST(PodList, AnItemThatIsLongerThanTheListIsAnError) {
  const std::string list = tag(2, 2) + varint(100) + "short";
  EXPECT_THAT(read(envelope("PodList", list)).error, HasSubstr("longer than its message"));
}

TEST(PodList, AnUnknownFieldThatIsLongerThanTheListIsAnError) {
  const std::string list = tag(9, 2) + varint(3) + "12";
  EXPECT_THAT(read(envelope("PodList", list)).error, HasSubstr("longer than its message"));
}

TEST(PodList, AnItemOfMoreThan8MiBIsAnErrorAndNotHeld) {
  const std::string list = tag(2, 2) + varint(kLargestPod + 1);
  const std::string bytes = envelope("PodList", "").substr(0, 4) +
                            field(1, entry("v1", "PodList")) + tag(2, 2) +
                            varint(kLargestPod + list.size() + 1) + list;
  EXPECT_THAT(read(bytes).error, HasSubstr("are the limit"));
}

TEST(PodList, KnownFieldsOfTheWrongTypeAreErrors) {
  for (const std::string& metadata :
       {tag(1, 0) + varint(1), tag(3, 5) + "1234", tag(12, 0) + varint(1), tag(11, 1) + "12345678",
        field(12, tag(1, 0) + varint(1))}) {
    const auto outcome = read(envelope("PodList", field(2, field(1, field(1, "p") + metadata))));
    EXPECT_THAT(outcome.error, HasSubstr("not of the type"));
  }
  EXPECT_THAT(read(envelope("PodList", tag(2, 0) + varint(1))).error, HasSubstr("not of the type"));
}

TEST(PodList, APodWithoutANameIsAnError) {
  EXPECT_THAT(read(envelope("PodList", field(2, field(1, field(3, "demo"))))).error,
              HasSubstr("without a name"));
}

TEST(PodList, AListThatIsEncodedOrThereTwiceIsAnError) {
  EXPECT_THAT(read(pod_list({}) + field(3, "gzip")).error, HasSubstr("encoded once more"));
  EXPECT_THAT(read(pod_list({}) + field(2, list_of({}))).error, HasSubstr("two lists"));
}

TEST(PodList, EveryTruncationIsAnErrorUnlessTheListIsComplete) {
  const std::string bytes = pod_list(three_pods());
  const std::size_t complete = bytes.size() - 4;  // contentEncoding and contentType, both empty
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
      const auto outcome = read(std::string_view(bytes).substr(0, size), piece);
      if (size == complete || size == complete + 2) {
        EXPECT_EQ(outcome.pods.size(), 3U);
      } else {
        EXPECT_THAT(outcome.error, HasSubstr("cut short")) << size;
      }
    }
  }
}

// Whatever the bytes: an error or a list, the same for pieces of any size, and no read out of
// bounds (which AddressSanitizer would see).
void expect_same_in_pieces(const std::string& bytes, std::mt19937& random) {
  const auto whole = read(bytes);
  const auto pieces = read(bytes, 1 + random() % 40);
  ASSERT_EQ(whole.error, pieces.error);
  ASSERT_EQ(whole.pods, pieces.pods);
}

TEST(PodList, MutatedListsAreReadOrRefusedWithoutHarm) {
  const std::string valid = pod_list(three_pods());
  std::mt19937 random(20'240'601);  // NOLINT: the same sequence each time, on purpose
  for (int round = 0; round < 5'000; ++round) {
    std::string bytes = valid;
    for (auto changes = 1 + random() % 4; changes > 0; --changes) {
      const std::size_t at = random() % bytes.size();
      switch (random() % 4) {
        case 0:
          bytes[at] = static_cast<char>(random());
          break;
        case 1:
          bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
          break;
        case 2:
          bytes.erase(at, 1 + random() % 8);
          break;
        default:
          bytes.insert(at, 1 + random() % 8, static_cast<char>(random()));
          break;
      }
    }
    expect_same_in_pieces(bytes, random);
  }
}

}  // namespace
}  // namespace podreg::k8s
