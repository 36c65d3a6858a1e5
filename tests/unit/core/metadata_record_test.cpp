#include "core/metadata_record.h"

#include <gmock/gmock.h>

#include "tests/support/golden_dubbo.h"
#include "tests/support/metadata_info_check.h"

namespace podreg::core {
namespace {

MetadataInfo golden(const std::string& name) {
  return MetadataInfo::parse(tests::golden_dubbo("metadata-3.2.6/" + name + ".json"));
}

MetadataRecord round_trip(const MetadataInfo& info, RecordParts parts = RecordParts::everything) {
  const auto text = write_record(info);
  return read_record(text.value_or("not written"), parts).value_or(MetadataRecord());
}

// With all that Dubbo has in them, and texts of every kind.
const std::vector<std::string> kGolden = {"both-3svc",           "dubbo-3svc-hessian2", "tri-order",
                                          "synth-group-version", "synth-mixed",         "synth-one",
                                          "synth-empty"};

TEST(MetadataRecord, SaysWhatWasWrittenAndItsRevision) {
  for (const auto& name : kGolden) {
    SCOPED_TRACE(name);
    const auto info = golden(name);
    const auto record = round_trip(info);
    tests::expect_same(record.info, info);
    EXPECT_EQ(record.revision, info.compute_revision());
  }
}

TEST(MetadataRecord, WithoutParametersItsRevisionIsTheSame) {
  for (const auto& name : kGolden) {
    SCOPED_TRACE(name);
    const auto info = golden(name);
    const auto record = round_trip(info, RecordParts::without_parameters);
    tests::expect_same(record.info, tests::without_parameters(info));
    EXPECT_EQ(record.revision, info.compute_revision());
  }
}

TEST(MetadataRecord, WhatIsEmptyAndWhatIsNotThereStayApart) {
  MetadataInfo info;
  info.app = "a";
  info.services["another key"].name = "x.A";
  info.services["b"].path = "";
  info.services["b"].port = 20880;
  info.services["c"].params = {{"", ""}, {"k", ""}, {"l", "\n\t{}=,"}};
  const auto record = round_trip(info);
  tests::expect_same(record.info, info);
  EXPECT_EQ(record.revision, info.compute_revision());
}

TEST(MetadataRecord, ATextWithAnEndInItIsNotWritten) {
  for (const char* bad : {"\x1e", "a\x1f"}) {
    MetadataInfo info;
    info.app = bad;
    EXPECT_FALSE(write_record(info));
    info.app = "a";
    info.services["k"].params["p"] = bad;
    EXPECT_FALSE(write_record(info));
  }
}

TEST(MetadataRecord, WhatIsNoneIsRefused) {
  const auto text = write_record(golden("both-3svc")).value();
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto record = read_record(text.substr(0, size), RecordParts::everything);
    // Whole services are a record, of another revision.
    EXPECT_NE(record.value_or(MetadataRecord()).revision, golden("both-3svc").revision) << size;
  }
  using namespace std::string_literals;
  for (const auto& other : {"{}"s,
                            "2\x1f"s
                            "a\x1f\x1f\x1e"s,
                            "1\x1f"s
                            "a\x1f\x1e"s,
                            "1\x1f"s
                            "a\x1f\x1f\x1e"s
                            "\x1fx\x1f\x1f\x1f\x1fport\x1f\x1f\x1e"s,
                            "1\x1f"s
                            "a\x1f\x1f\x1e"s
                            "\x1fx\x1f\x1f\x1f\x1f"
                            "1\x1fpath\x1f\x1e"s,
                            "1\x1f"s
                            "a\x1f\x1f\x1e"s
                            "\x1fx\x1f\x1f\x1f\x1f"
                            "1\x1f\x1fk\x1f\x1e"s}) {
    EXPECT_FALSE(read_record(other, RecordParts::everything)) << other;
  }
}

}  // namespace
}  // namespace podreg::core
