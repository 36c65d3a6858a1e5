#include "k8s/watch_event.h"

#include <gmock/gmock.h>

#include "core/error.h"
#include "tests/unit/k8s/caught.h"

namespace podreg::k8s {
namespace {

using tests::caught;
using Type = WatchEvent::Type;

WatchEvent parse(std::string_view line) { return parse_watch_event(line, "the watch"); }

TEST(WatchEvent, HasAnObjectAndItsVersion) {
  const auto event =
      parse(R"({"type":"MODIFIED","object":{"kind":"Pod","metadata":{"annotations":{"a":"{}"},)"
            R"("resourceVersion":"17"}}})");
  EXPECT_EQ(event.type, Type::modified);
  EXPECT_EQ(event.resource_version, "17");
  EXPECT_EQ(event.object,
            R"({"kind":"Pod","metadata":{"annotations":{"a":"{}"},"resourceVersion":"17"}})");
}

TEST(WatchEvent, TheOrderOfItsFieldsDoesNotMatter) {
  const auto event =
      parse(R"({ "object" : {"metadata":{"resourceVersion":"3"}} , "type" : "DELETED" })");
  EXPECT_EQ(event.type, Type::deleted);
  EXPECT_EQ(event.resource_version, "3");
}

TEST(WatchEvent, OnlyTheVersionOfTheObjectItselfCounts) {
  const auto event = parse(
      R"({"type":"ADDED","object":{"spec":{"resourceVersion":"1","metadata":{"resourceVersion":"2"}},)"
      R"("items":[{"metadata":{"resourceVersion":"3"}}]}})");
  EXPECT_EQ(event.resource_version, "");
}

TEST(WatchEvent, ABookmarkMaySayThatTheListIsThere) {
  const auto bookmark = [](const std::string& value) {
    return parse(R"({"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"5","annotations":)"
                 R"({"k8s.io/initial-events-end":")" +
                 value + R"("}}}})");
  };
  EXPECT_EQ(bookmark("true").type, Type::bookmark);
  EXPECT_TRUE(bookmark("true").initial_events_end);
  EXPECT_FALSE(bookmark("false").initial_events_end);
}

TEST(WatchEvent, AnErrorHasCodeMessageAndPerhapsAPause) {
  const auto event =
      parse(R"({"type":"ERROR","object":{"kind":"Status","code":429,"message":"slow down",)"
            R"("details":{"retryAfterSeconds":7}}})");
  EXPECT_EQ(event.type, Type::error);
  EXPECT_EQ(event.code, 429);
  EXPECT_EQ(event.message, "slow down");
  EXPECT_EQ(event.retry_after, std::chrono::seconds(7));
}

TEST(WatchEvent, AnythingElseIsInvalid) {
  const std::string deep =
      R"({"type":"ADDED","object":)" + std::string(600, '[') + std::string(600, ']') + "}";
  for (const std::string line :
       {"", "{", "null", "[]", "{}", R"({"type":"ADDED"})", R"({"object":{}})",
        R"({"type":"ADDED","object":[]})", R"({"type":"added","object":{}})",
        R"({"type":"ADDED","object":{}} {})", "{\"type\":\"ADDED\",\"object\":{\"a\":\"\xff\"}}"}) {
    EXPECT_EQ(caught([&] { parse(line); }).kind, core::ErrorKind::invalid_data) << line;
  }
  EXPECT_EQ(caught([&] { parse(deep); }).kind, core::ErrorKind::invalid_data);
}

TEST(EventLines, AreCutOutOfPieces) {
  EventLines lines;
  lines.feed("one\ntw");
  EXPECT_EQ(lines.next("x"), "one");
  EXPECT_EQ(lines.next("x"), std::nullopt);
  lines.feed("o\n\r\n \nthree\nfo");
  EXPECT_EQ(lines.next("x"), "two");
  EXPECT_EQ(lines.next("x"), "three");
  EXPECT_EQ(lines.next("x"), std::nullopt);
  lines.feed("ur\n");
  EXPECT_EQ(lines.next("x"), "four");
}

TEST(EventLines, ALineWithoutEndIsGivenUp) {
  EventLines lines;
  const std::string piece(std::size_t{1} << 20, 'x');
  const auto error = caught([&] {
    for (int i = 0; i < 20; ++i) {
      lines.feed(piece);
      lines.next("x");
    }
  });
  EXPECT_EQ(error.kind, core::ErrorKind::invalid_data);
}

}  // namespace
}  // namespace podreg::k8s
