#include "k8s/object_names.h"

#include <gmock/gmock.h>

#include "core/error.h"

namespace podreg::k8s {
namespace {

using testing::ElementsAre;
using testing::Field;
using testing::IsEmpty;

auto named(const char* name, const char* note) {
  return testing::AllOf(Field(&ObjectName::name, name), Field(&ObjectName::note, note));
}

TEST(ObjectNames, HaveTheNoteOfTheColumnStatus) {
  EXPECT_THAT(parse_names_table(
                  R"({"kind":"Table","columnDefinitions":[{"name":"Name"},{"name":"Ready"},)"
                  R"({"name":"Status"}],"rows":[{"cells":["p-0","1/1","Running"],"object":null},)"
                  R"({"cells":["p-1","0/1","Pending"]}]})"),
              ElementsAre(named("p-0", "Running"), named("p-1", "Pending")));
}

TEST(ObjectNames, HaveTheNoteOfTheColumnTypeElseNone) {
  EXPECT_THAT(parse_names_table(R"({"columnDefinitions":[{"name":"Name"},{"name":"Type"}],)"
                                R"("rows":[{"cells":["shop","ClusterIP"]},{"cells":["web"]}]})"),
              ElementsAre(named("shop", "ClusterIP"), named("web", "")));
}

TEST(ObjectNames, OfAnEmptyTableThereAreNone) {
  EXPECT_THAT(parse_names_table(R"({"columnDefinitions":[{"name":"Name"}],"rows":[]})"), IsEmpty());
}

TEST(ObjectNames, WhatIsNoTableIsRefused) {
  for (const char* text :
       {"", "[]", R"({"kind":"PodList","items":[]})", R"({"columnDefinitions":[],"rows":[{}]})",
        R"({"columnDefinitions":[1],"rows":[]})",
        R"({"columnDefinitions":[{"name":"Age"}],"rows":[{"cells":["1d"]}]})"}) {
    EXPECT_THROW(parse_names_table(text), core::Error) << text;
  }
}

}  // namespace
}  // namespace podreg::k8s
