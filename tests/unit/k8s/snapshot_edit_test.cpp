#include "k8s/snapshot_edit.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/unit/k8s/caught.h"
#include "tests/unit/k8s/temporary_folder.h"

namespace podreg {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

constexpr const char* kOld = "old";

core::Pod pod_with(std::optional<std::string> annotation) {
  core::Pod pod;
  pod.ns = "demo";
  pod.name = "p";
  pod.annotation = std::move(annotation);
  return pod;
}

using Value = std::optional<std::string>;

std::string edited(const std::string& text, const Value& value, const Value& before) {
  const auto pod = pod_with(before);
  return k8s::edit_text(text, "file", {pod, value}).text;
}
std::string set(const std::string& text, const std::string& value = "new",
                const Value& before = kOld) {
  return edited(text, value, before);
}
std::string added(const std::string& text, const std::string& value = "new") {
  return edited(text, value, std::nullopt);
}
std::string removed(const std::string& text, const Value& before = kOld) {
  return edited(text, std::nullopt, before);
}
std::string object_of(const std::string& text, const Value& before, const Value& value) {
  const auto pod = pod_with(before);
  return k8s::edit_text(text, "file", {pod, value}).changed_object;
}
tests::Caught refusal(const std::string& text, const Value& before, const Value& value) {
  return tests::caught([&] { edited(text, value, before); });
}

// A pod's JSON, with this as its metadata.
std::string json_pod(const std::string& metadata) {
  return R"({"kind":"Pod","apiVersion":"v1","metadata":)" + metadata + R"(,"spec":{"a":[1,{}]}})";
}

TEST(SnapshotEditOfJson, ReplacesTheValueAndNothingElse) {
  const std::string before = R"({"name":"p","annotations":{"a":"1","io.dubbo/metadata":"old",)"
                             R"("b" : "2"},"namespace":"demo"})";
  const std::string after =
      R"({"name":"p","annotations":{"a":"1","io.dubbo/metadata":"{\"n\":\"é\"}",)"
      R"("b" : "2"},"namespace":"demo"})";
  EXPECT_EQ(set(json_pod(before), R"({"n":"é"})"), json_pod(after));
}

TEST(SnapshotEditOfJson, AddsToAnnotationsInTheirStyle) {
  EXPECT_EQ(added(json_pod(R"({"annotations":{"a":"1"},"name":"p","namespace":"demo"})")),
            json_pod(R"({"annotations":{"io.dubbo/metadata":"new","a":"1"},"name":"p",)"
                     R"("namespace":"demo"})"));
  EXPECT_EQ(added(json_pod(R"({"annotations": {"a": "1"}, "name": "p", "namespace": "demo"})")),
            json_pod(R"({"annotations": {"io.dubbo/metadata": "new", "a": "1"}, "name": "p", )"
                     R"("namespace": "demo"})"));
}

constexpr const char* kIndented = R"({
    "apiVersion": "v1",
    "items": [
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
@               "name": "p",
                "namespace": "demo"
            }
        },
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "metadata": {
                "name": "q",
                "namespace": "demo"
            }
        }
    ],
    "kind": "List"
}
)";

// The text with `replacement` in the place of '@' and the blanks behind it.
std::string filled(std::string text, const std::string& replacement) {
  const auto at = text.find('@');
  const auto first = text.find_first_not_of(" @", at);
  return text.replace(at, first - at, replacement);
}

std::string in_crlf(const std::string& text) {
  std::string result;
  for (const char c : text) result += c == '\n' ? "\r\n" : std::string(1, c);
  return result;
}

const std::string kMargin(16, ' ');

TEST(SnapshotEditOfJson, AddsLinesThatAreIndentedLikeTheOthers) {
  const std::string none = filled(kIndented, kMargin);
  const std::string empty = filled(kIndented, kMargin + "\"annotations\": {},\n" + kMargin);
  const std::string null = filled(kIndented, kMargin + "\"annotations\": null,\n" + kMargin);
  const std::string one = filled(kIndented, kMargin + R"("annotations": {
                    "io.dubbo/metadata": "new"
                },
                )");
  EXPECT_EQ(added(none), one);
  EXPECT_EQ(added(empty), one);
  EXPECT_EQ(added(null), one);
  EXPECT_EQ(added(in_crlf(none)), in_crlf(one));
  EXPECT_EQ(added(in_crlf(empty)), in_crlf(one));

  const std::string other = filled(kIndented, kMargin + R"("annotations": {
                    "a": "1"
                },
                )");
  const std::string both = filled(kIndented, kMargin + R"("annotations": {
                    "io.dubbo/metadata": "new",
                    "a": "1"
                },
                )");
  EXPECT_EQ(added(other), both);
  EXPECT_EQ(added(in_crlf(other)), in_crlf(both));
  EXPECT_EQ(removed(both, "new"), other);
  EXPECT_EQ(removed(one, "new"), empty);
}

TEST(SnapshotEditOfJson, RemovesTheFirstTheLastAndTheOnlyAnnotation) {
  const auto with = [](const std::string& annotations) {
    return json_pod(R"({"name":"p","namespace":"demo","annotations":)" + annotations + "}");
  };
  EXPECT_EQ(removed(with(R"({"io.dubbo/metadata":"old","a":"1"})")), with(R"({"a":"1"})"));
  EXPECT_EQ(removed(with(R"({"a":"1","io.dubbo/metadata":"old"})")), with(R"({"a":"1"})"));
  EXPECT_EQ(removed(with(R"({"a":"1","io.dubbo/metadata":"old","b":"2"})")),
            with(R"({"a":"1","b":"2"})"));
  EXPECT_EQ(removed(with(R"({ "io.dubbo/metadata": "old" })")), with("{}"));
  EXPECT_EQ(removed(with(R"({"io.dubbo\/metadata":"old","a":"}"})")), with(R"({"a":"}"})"));
}

TEST(SnapshotEditOfJson, WhatIsAbsentNeedsNoRemoval) {
  for (const std::string annotations : {"{}", "null", R"({"a":"1"})"}) {
    const auto text =
        json_pod(R"({"name":"p","namespace":"demo","annotations":)" + annotations + "}");
    EXPECT_EQ(removed(text, std::nullopt), text);
  }
}

TEST(SnapshotEditOfJson, ThePodThatStandsLastIsTheOneThatCounts) {
  const auto first =
      json_pod(R"({"name":"p","namespace":"demo","annotations":{"io.dubbo/metadata":"x"}})");
  const auto last =
      json_pod(R"({"name":"p","namespace":"demo","annotations":{"io.dubbo/metadata":"old"}})");
  const auto changed =
      json_pod(R"({"name":"p","namespace":"demo","annotations":{"io.dubbo/metadata":"new"}})");
  EXPECT_EQ(set(first + "\n" + last), first + "\n" + changed);
}

TEST(SnapshotEditOfJson, ItemsOfATypedListAreFoundWhereverTheListSaysItsKind) {
  const std::string before =
      R"({"items":[{"metadata":{"name":"p"}}],"apiVersion":"v1","kind":"PodList"})";
  core::Pod pod = pod_with(std::nullopt);
  pod.ns = "default";
  EXPECT_EQ(k8s::edit_text(before, "file", {pod, "new"}).text,
            R"({"items":[{"metadata":{"annotations":{"io.dubbo/metadata":"new"},"name":"p"}}],)"
            R"("apiVersion":"v1","kind":"PodList"})");
}

TEST(SnapshotEditOfJson, TheChangedPodIsTextOfItsOwn) {
  const std::string none = filled(kIndented, kMargin);
  EXPECT_EQ(object_of(none, std::nullopt, "new"), R"({
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": {
        "annotations": {
            "io.dubbo/metadata": "new"
        },
        "name": "p",
        "namespace": "demo"
    }
}
)");
  const auto compact = json_pod(R"({"name":"p","namespace":"demo"})");
  EXPECT_EQ(object_of(compact, std::nullopt, std::nullopt), compact + "\n");
}

TEST(SnapshotEditOfJson, AMemberThatIsThereTwiceIsRefused) {
  const auto twice = json_pod(R"({"name":"p","namespace":"demo","annotations":)"
                              R"({"io.dubbo/metadata":"x","io.dubbo/metadata":"old"}})");
  const auto found = refusal(twice, kOld, std::nullopt);
  EXPECT_EQ(found.kind, core::ErrorKind::invalid_data);
  EXPECT_EQ(found.message,
            "file: the annotation of Pod demo/p cannot be changed alone: it has io.dubbo/metadata "
            "twice, at line 1");
}

TEST(SnapshotEdit, APodThatHasChangedIsAConflictAndOneThatIsGoneIsNotFound) {
  const auto text = json_pod(R"({"name":"p","namespace":"demo"})");
  EXPECT_EQ(refusal(text, kOld, "new").kind, core::ErrorKind::conflict);
  const auto gone = refusal(json_pod(R"({"name":"q","namespace":"demo"})"), kOld, "new");
  EXPECT_EQ(gone.kind, core::ErrorKind::not_found);
  EXPECT_EQ(gone.message, "pod \"p\" not found in namespace \"demo\" of file");
}

TEST(SnapshotEdit, AFileIsOnlyReplacedWhenThereIsSomethingToChange) {
  const tests::TemporaryFolder folder;
  const auto text = json_pod(R"({"name":"p","namespace":"demo"})");
  const auto file = folder.write("a.json", text);
  const fs::path other_name = folder.path("hard-link");
  fs::create_hard_link(file, other_name);
  const auto pod = pod_with(std::nullopt);
  k8s::edit_in_place(file, {pod, std::nullopt});
  EXPECT_TRUE(fs::equivalent(file, other_name));
  EXPECT_EQ(k8s::edit_in_place(file, {pod, "new"}).annotation, "new");
  EXPECT_FALSE(fs::equivalent(file, other_name));
  EXPECT_EQ(k8s::find_in_file(file, "demo", "p")->annotation, "new");
  EXPECT_EQ(k8s::find_in_file(file, "demo", "q"), std::nullopt);
}

TEST(SnapshotEdit, AFileThatCannotBeChangedStaysAsItWas) {
  const tests::TemporaryFolder folder;
  const auto file = folder.write(
      "a.yaml", "kind: Pod\nmetadata: {name: p, namespace: demo, annotations: &a {b: c}}\n");
  const fs::path other_name = folder.path("hard-link");
  fs::create_hard_link(file, other_name);
  const auto pod = pod_with(std::nullopt);
  EXPECT_EQ(tests::caught([&] {
              k8s::edit_in_place(file, {pod, "new"});
            }).kind,
            core::ErrorKind::invalid_data);
  EXPECT_TRUE(fs::equivalent(file, other_name));
}

TEST(SnapshotEditOfYaml, ReplacesTextsOfEveryStyle) {
  const auto with = [](const std::string& value) {
    return "kind: Pod\nmetadata:\n  annotations: # all of them\n    a: '1'\n"
           "    io.dubbo/metadata: " +
           value + "\n\n    # about b\n    b: |\n      x\n  name: p\n  namespace: demo\n";
  };
  EXPECT_EQ(set(with("old")), with("'new'"));
  EXPECT_EQ(set(with("old   # why")), with("'new'   # why"));
  EXPECT_EQ(set(with("'old'")), with("'new'"));
  EXPECT_EQ(set(with("\"old\"  # why")), with("\"new\"  # why"));
  EXPECT_EQ(set(with("|-\n      old")), with("'new'"));
  EXPECT_EQ(set(with("|  # why\n      {\n\n      # 1\n      }\n"), "new", "{\n\n# 1\n}\n"),
            with("'new'\n"));
  EXPECT_EQ(set(with(">-\n      one\n      two"), "new", "one two"), with("'new'"));
  EXPECT_EQ(set(with("one\n      two"), "new", "one two"), with("'new'"));
  EXPECT_EQ(set(with("'one\n      two ''x'''"), "new", "one two 'x'"), with("'new'"));
  EXPECT_EQ(set(with("\"o\\\"ne\n      two\""), "new", "o\"ne two"), with("\"new\""));
  EXPECT_EQ(set(with("\n      'old'")), with("\n      'new'"));
  EXPECT_EQ(set(with("''"), "new", ""), with("'new'"));
  EXPECT_EQ(added(with("")), with("'new' "));
  EXPECT_EQ(added(with("null")), with("'new'"));
  EXPECT_EQ(added(with("~ # why")), with("'new' # why"));
  EXPECT_EQ(set(in_crlf(with("old"))), in_crlf(with("'new'")));
}

TEST(SnapshotEditOfYaml, QuotesWhatThePlainStyleWouldNotKeep) {
  const std::string text =
      "kind: Pod\nmetadata: {name: p, namespace: demo, annotations: {io.dubbo/metadata: old}}\n";
  const auto quoted = [&](const std::string& value) {
    const auto result = set(text, value);
    return result.substr(80, result.size() - 83);
  };
  EXPECT_EQ(quoted(R"({"a":"it's"})"), R"('{"a":"it''s"}')");
  EXPECT_EQ(quoted("a\nb\t\"\\\r\x7f"), R"("a\nb\t\"\\\r\x7f")");
  EXPECT_EQ(quoted("a\xc2\x85\xe2\x80\xa8\xe2\x80\xa9\xef\xbb\xbf"),
            R"("a\u0085\u2028\u2029\uFEFF")");
  EXPECT_EQ(quoted("é 界 😀"), "'é 界 😀'");
}

TEST(SnapshotEditOfYaml, AddsALineToAnnotationsInBlockStyle) {
  EXPECT_EQ(added("kind: Pod\nmetadata:\n  annotations:\n    # about a\n    a: '1'\n  name: p\n"
                  "  namespace: demo\n"),
            "kind: Pod\nmetadata:\n  annotations:\n    io.dubbo/metadata: 'new'\n    # about a\n"
            "    a: '1'\n  name: p\n  namespace: demo\n");
}

TEST(SnapshotEditOfYaml, AddsToAnnotationsBetweenBraces) {
  const auto with = [](const std::string& annotations) {
    return "kind: Pod\nmetadata:\n  annotations:" + annotations +
           "\n  name: p\n  namespace: demo\n";
  };
  const std::string one = " {io.dubbo/metadata: 'new'}";
  EXPECT_EQ(added(with(" {a: b, c: d}")), with(" {io.dubbo/metadata: 'new', a: b, c: d}"));
  EXPECT_EQ(added(with(R"( {"a": "b"})")), with(R"( {"io.dubbo/metadata": "new", "a": "b"})"));
  EXPECT_EQ(added(with(" {}")), with(one));
  EXPECT_EQ(added(with(" { }  # none")), with(one + "  # none"));
  EXPECT_EQ(added(with("")), with(one));
  EXPECT_EQ(added(with(" # none")), with(one + " # none"));
  EXPECT_EQ(added(with(" null")), with(one));
  EXPECT_EQ(added(with(" ~ # none")), with(one + " # none"));
}

TEST(SnapshotEditOfYaml, MakesAnnotationsWhereThereAreNone) {
  EXPECT_EQ(added("kind: Pod\nmetadata:   # of p\n   name: p\n   namespace: demo\n"),
            "kind: Pod\nmetadata:   # of p\n   annotations:\n      io.dubbo/metadata: 'new'\n"
            "   name: p\n   namespace: demo\n");
  EXPECT_EQ(added("kind: Pod\nmetadata: {name: p, namespace: demo}\n"),
            "kind: Pod\nmetadata: {annotations: {io.dubbo/metadata: 'new'}, name: p, "
            "namespace: demo}\n");
  EXPECT_EQ(added("kind: Pod\nmetadata: {\"name\": p, namespace: demo}"),
            "kind: Pod\nmetadata: {\"annotations\": {\"io.dubbo/metadata\": \"new\"}, \"name\": p, "
            "namespace: demo}");
}

TEST(SnapshotEditOfYaml, RemovesTheFirstTheLastAndTheOnlyAnnotation) {
  const auto with = [](const std::string& annotations) {
    return "kind: Pod\nmetadata:\n  name: p\n  namespace: demo\n  annotations:" + annotations;
  };
  EXPECT_EQ(removed(with("\n    io.dubbo/metadata: old # why\n    a: b\n")), with("\n    a: b\n"));
  EXPECT_EQ(removed(with("\n    a: b\n    'io.dubbo/metadata': |-\n      old\n")),
            with("\n    a: b\n"));
  EXPECT_EQ(removed(with("\n    io.dubbo/metadata: old\n")), with(" {}\n"));
  EXPECT_EQ(removed(with(" # all\n    # ours\n    io.dubbo/metadata: old")),
            with(" {} # all\n    # ours\n"));
  EXPECT_EQ(removed(with(" {io.dubbo/metadata: old, a: b}\n")), with(" {a: b}\n"));
  EXPECT_EQ(removed(with(" {a: b, io.dubbo/metadata: old}\n")), with(" {a: b}\n"));
  EXPECT_EQ(removed(with(" {io.dubbo/metadata: old}\n")), with(" {}\n"));
  EXPECT_EQ(removed(with(" {a: b, # last\n  io.dubbo/metadata: old,\n  c: d}\n")),
            with(" {a: b, # last\n  c: d}\n"));
}

TEST(SnapshotEditOfYaml, OtherDocumentsAndItemsStayAsTheyAre) {
  const auto with = [](const std::string& value) {
    return "\xef\xbb\xbf# a snapshot\n---\nkind: Service\nmetadata: {name: s}\n...\n---\n"
           "apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  metadata:\n    name: p\n"
           "    namespace: demo\n    annotations:\n      io.dubbo/metadata: " +
           value +
           "\n\n# next\n- kind: Pod\n  metadata:\n    name: q\n    namespace: demo\n"
           "    annotations:\n      io.dubbo/metadata: old\n";
  };
  EXPECT_EQ(set(with("old")), with("'new'"));
  EXPECT_EQ(object_of(with("old"), kOld, "new"),
            "kind: Pod\nmetadata:\n  name: p\n  namespace: demo\n  annotations:\n"
            "    io.dubbo/metadata: 'new'\n");
}

TEST(SnapshotEditOfYaml, TheChangedPodIsTextOfItsOwn) {
  EXPECT_EQ(
      object_of(
          "items:\n  - {kind: Pod, metadata: {name: p, namespace: demo,\n"
          "       labels: {a: \"}\"}}, note: it's}\n  - {kind: Node}\nkind: List\napiVersion: v1\n",
          std::nullopt, std::nullopt),
      "{kind: Pod, metadata: {name: p, namespace: demo,\n     labels: {a: \"}\"}}, note: it's}\n");
}

TEST(SnapshotEditOfYaml, FormsThatCannotBeChangedAloneAreRefused) {
  const auto with = [](const std::string& rest) {
    return "kind: Pod\nmetadata:\n  name: p\n  namespace: demo\n" + rest;
  };
  const auto why = [](const std::string& text, const Value& before = kOld,
                      const Value& value = "new") { return refusal(text, before, value).message; };
  EXPECT_EQ(why(with("  annotations:\n    io.dubbo/metadata: &a old\n    b: *a\n")),
            "file: the annotation of Pod demo/p cannot be changed alone: it has an anchor (&), an "
            "alias (*) or a tag (!) around the annotation, at line 6");
  EXPECT_THAT(why(with("  annotations: &a\n    io.dubbo/metadata: old\n")), HasSubstr("anchor"));
  EXPECT_THAT(why(with("  labels: {a: &a old}\n  annotations:\n    io.dubbo/metadata: *a\n")),
              HasSubstr("alias"));
  EXPECT_THAT(why(with("  annotations:\n    io.dubbo/metadata: !!str old\n")), HasSubstr("tag"));
  EXPECT_THAT(why(with("  annotations:\n    ? io.dubbo/metadata\n    : old\n"), kOld, {}),
              HasSubstr("has io.dubbo/metadata as a key of an unusual form, at line 6"));
  EXPECT_THAT(why(with("  annotations:\n    io.dubbo/metadata: x\n    io.dubbo/metadata: old\n")),
              HasSubstr("twice"));
  EXPECT_THAT(why(with("  annotations: {a: b, # c\n    io.dubbo/metadata: old}\n"), kOld, {}),
              HasSubstr("cannot be changed alone"));
}

}  // namespace
}  // namespace podreg
