#include <gmock/gmock.h>

#include <cmath>
#include <functional>

#include "core/error.h"
#include "rpc/hessian2_reader.h"
#include "rpc/hessian2_writer.h"

namespace podreg::rpc::hessian2 {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using namespace std::string_literals;

// One stream of bytes, read to its end.
struct Read {
  explicit Read(std::string stream, ReadLimits limits = {}) : bytes(std::move(stream)) {
    Reader reader(bytes, document, limits);
    while (!reader.at_end()) values.push_back(reader.read());
  }
  Value only() const { return values.at(0); }

  std::string bytes;
  Document document;
  std::vector<Value> values;
};

std::string error_of(const std::string& bytes, ReadLimits limits = {}) {
  try {
    const Read read(bytes, limits);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::invalid_data);
    return error.what();
  }
  return "no error";
}

std::string written(const std::function<void(Writer&)>& write) {
  Writer writer;
  write(writer);
  return writer.take();
}

struct Number {
  std::string bytes;
  Kind kind;
  double value;
};

// The examples of the specification, at the ends of each compact form.
TEST(Hessian2Reader, EveryFormOfANumber) {
  const std::vector<Number> numbers = {
      {"\x90", Kind::integer, 0},
      {"\x80", Kind::integer, -16},
      {"\xbf", Kind::integer, 47},
      {"\xc8\x00"s, Kind::integer, 0},
      {"\xc0\x00"s, Kind::integer, -2048},
      {"\xc7\x00"s, Kind::integer, -256},
      {"\xcf\xff", Kind::integer, 2047},
      {"\xd0\x00\x00"s, Kind::integer, -262144},
      {"\xd7\xff\xff", Kind::integer, 262143},
      {"I\x00\x00\x01\x2c"s, Kind::integer, 300},
      {"I\x80\x00\x00\x00"s, Kind::integer, -2147483648.0},
      {"\xe0", Kind::long_integer, 0},
      {"\xd8", Kind::long_integer, -8},
      {"\xef", Kind::long_integer, 15},
      {"\xf0\x00"s, Kind::long_integer, -2048},
      {"\xff\xff", Kind::long_integer, 2047},
      {"\x38\x00\x00"s, Kind::long_integer, -262144},
      {"\x3f\xff\xff", Kind::long_integer, 262143},
      {"Y\x80\x00\x00\x00"s, Kind::long_integer, -2147483648.0},
      {"L\x00\x00\x00\x01\x00\x00\x00\x00"s, Kind::long_integer, 4294967296.0},
      {"\x5b", Kind::real, 0.0},
      {"\x5c", Kind::real, 1.0},
      {"\x5d\x80", Kind::real, -128.0},
      {"\x5e\x7f\xff", Kind::real, 32767.0},
      {"\x5f\x00\x00\x2f\xda"s, Kind::real, 0.001 * 12250},
      {"D\x40\x28\x80\x00\x00\x00\x00\x00"s, Kind::real, 12.25},
      {"J\x00\x00\x00\xd0\x4b\x92\x84\xb8"s, Kind::date, 894621091000.0},
      {"K\x00\xe3\x83\x8f"s, Kind::date, 894621060000.0},
  };
  for (const auto& [bytes, kind, expected] : numbers) {
    const Read read(bytes);
    const Value value = read.only();
    EXPECT_EQ(value.kind(), kind) << testing::PrintToString(bytes);
    EXPECT_EQ(kind == Kind::real ? value.real() : static_cast<double>(value.integer()), expected)
        << testing::PrintToString(bytes);
  }
}

TEST(Hessian2Reader, NullAndBooleans) {
  const Read read("NTF");
  EXPECT_TRUE(read.values.at(0).is_null());
  EXPECT_TRUE(read.values.at(1).boolean());
  EXPECT_FALSE(read.values.at(2).boolean());
}

TEST(Hessian2Reader, StringsOfEveryLengthAndInChunks) {
  EXPECT_EQ(Read("\x00"s).only().text(), "");
  EXPECT_EQ(Read("\x05hello").only().text(), "hello");
  EXPECT_EQ(Read("\x30\x05hello").only().text(), "hello");
  EXPECT_EQ(Read("S\x00\x05hello"s).only().text(), "hello");
  EXPECT_EQ(Read("R\x00\x07hello, \x05world"s).only().text(), "hello, world");
  EXPECT_EQ(Read("R\x00\x01hR\x00\x01iS\x00\x00"s).only().text(), "hi");
}

TEST(Hessian2Reader, LengthsCountUtf16CodeUnits) {
  EXPECT_EQ(Read("\x01\xc3\x83").only().text(), "\xc3\x83");
  EXPECT_EQ(Read("\x02\xe8\xae\xa2\xe5\x8d\x95").only().text(), "订单");
  // U+1F600 as Java writes it, two surrogates, and as four bytes, which some writers do.
  EXPECT_EQ(Read("\x02\xed\xa0\xbd\xed\xb8\x80").only().text(), "😀");
  EXPECT_EQ(Read("\x02\xf0\x9f\x98\x80").only().text(), "😀");
  EXPECT_EQ(Read("R\x00\x01\xed\xa0\xbd\x01\xed\xb8\x80"s).only().text(), "😀") << "in two chunks";
}

TEST(Hessian2Reader, ASurrogateWithoutPartnerIsReplaced) {
  EXPECT_EQ(Read("\x02\xed\xa0\xbd\x61").only().text(),
            "\xef\xbf\xbd"
            "a");
  EXPECT_EQ(Read("\x01\xed\xb8\x80").only().text(), "\xef\xbf\xbd");
}

TEST(Hessian2Reader, BinariesOfEveryLengthAndInChunks) {
  EXPECT_EQ(Read("\x20").only().text(), "");
  EXPECT_EQ(Read("\x23\x01\x00\x03"s).only().text(), "\x01\x00\x03"s);
  EXPECT_EQ(Read("\x34\x02xy").only().text(), "xy");
  EXPECT_EQ(Read("A\x00\x02xyB\x00\x01z"s).only().text(), "xyz");
  EXPECT_EQ(Read("A\x00\x02xy\x21z"s).only().kind(), Kind::binary);
}

TEST(Hessian2Reader, EveryFormOfAList) {
  for (const std::string& bytes :
       {"\x57\x90\x91Z"s, "\x58\x92\x90\x91"s, "\x7a\x90\x91"s, "U\x04[int\x90\x91Z"s,
        "V\x04[int\x92\x90\x91"s, "\x72\x04[int\x90\x91"s}) {
    const Read read(bytes);
    const Value list = read.only();
    ASSERT_EQ(list.kind(), Kind::list) << testing::PrintToString(bytes);
    ASSERT_EQ(list.size(), 2U);
    EXPECT_EQ(list.item(0).integer(), 0);
    EXPECT_EQ(list.item(1).integer(), 1);
  }
}

TEST(Hessian2Reader, ATypeIsNamedOnceAndThenNumbered) {
  const Read read(
      "\x57"
      "V\x04[int\x91\x90"
      "\x71\x90\x91"
      "U\x90\x91Z"
      "M\x01xZ"
      "M\x91Z"
      "Z");
  const Value list = read.only();
  ASSERT_EQ(list.size(), 5U);
  EXPECT_EQ(list.type_name(), "");
  EXPECT_EQ(list.item(0).type_name(), "[int");
  EXPECT_EQ(list.item(1).type_name(), "[int");
  EXPECT_EQ(list.item(2).type_name(), "[int");
  EXPECT_EQ(list.item(4).type_name(), "x");
}

TEST(Hessian2Reader, MapsWithKeysOfAnyKind) {
  const Read read(
      "H\x01"
      "a\x91\x92\x01"
      "bZ");
  const Value map = read.only();
  ASSERT_EQ(map.size(), 2U);
  EXPECT_EQ(map.member("a")->integer(), 1);
  EXPECT_EQ(map.key(1).integer(), 2);
  EXPECT_EQ(map.mapped(1).text(), "b");
  EXPECT_FALSE(map.member("b"));
}

TEST(Hessian2Reader, WhatIsNeitherMapNorObjectHasNoMembers) {
  for (const auto& bytes : {"\x01k"s, "\x7a\x01k\x91"s, "\xdf"s, "T"s, "N"s, "\x21k"s, "\x5c"s}) {
    EXPECT_FALSE(Read(bytes).only().member("k")) << bytes;
  }
}

TEST(Hessian2Reader, ObjectsAreReadByTheirDefinition) {
  const Read read(
      "C\x0b"
      "example.Car\x92\x05"
      "color\x05"
      "modelO\x90\x03red\x08"
      "corvette"
      "\x60\x05green\x05"
      "civic");
  ASSERT_EQ(read.values.size(), 2U);
  const Value car = read.values[1];
  EXPECT_EQ(car.type_name(), "example.Car");
  ASSERT_EQ(car.size(), 2U);
  EXPECT_EQ(car.field_name(1), "model");
  EXPECT_EQ(car.field(1).text(), "civic");
  EXPECT_EQ(read.values[0].member("color")->text(), "red");
}

TEST(Hessian2Reader, AReferenceIsTheSameValueAlsoWithinItself) {
  const Read read(
      "C\x0a"
      "LinkedList\x92\x04head\x04tail\x60\x91Q\x90");
  const Value list = read.only();
  EXPECT_EQ(list.member("tail")->id(), list.id());

  const Read shared("\x57H\x01k\x91ZQ\x91Z");
  EXPECT_EQ(shared.only().item(0).id(), shared.only().item(1).id());
}

TEST(Hessian2Reader, EverythingElseIsRefusedWithItsPlace) {
  EXPECT_THAT(error_of("\x05hell"), HasSubstr("cut short or not UTF-8 at byte 1"));
  EXPECT_THAT(error_of("\x01\xff"), HasSubstr("not UTF-8"));
  EXPECT_THAT(error_of("\x01\xf0\x9f\x98\x80"), HasSubstr("not UTF-8")) << "two units, not one";
  EXPECT_THAT(error_of("R\x00\x01xN"s), HasSubstr("next chunk"));
  EXPECT_THAT(error_of("A\x00\x01xN"s), HasSubstr("next chunk"));
  EXPECT_THAT(error_of("I\x00"s), HasSubstr("ends too early at byte 2"));
  EXPECT_THAT(error_of("G"), HasSubstr("no value begins with 0x47 at byte 0"));
  EXPECT_THAT(error_of("Z"), HasSubstr("no value begins with 0x5a"));
  EXPECT_THAT(error_of("H\x01"
                       "aZ"),
              HasSubstr("key that has no value"));
  EXPECT_THAT(error_of("H\x01"
                       "a"),
              HasSubstr("ends too early"));
  EXPECT_THAT(error_of("\x60"), HasSubstr("class definition 0, of which there are 0"));
  EXPECT_THAT(error_of("O\x8f"), HasSubstr("class definition -1"));
  EXPECT_THAT(error_of("Q\x90"), HasSubstr("reference to value 0, of which there are 0"));
  EXPECT_THAT(error_of("QN"), HasSubstr("a number is missing"));
  EXPECT_THAT(error_of("M\x90Z"), HasSubstr("type 0, of which there are 0"));
  EXPECT_THAT(error_of("XI\x7f\xff\xff\xff"), HasSubstr("a length of 2147483647, with 0 bytes"));
  EXPECT_THAT(error_of("X\x8f"), HasSubstr("a length of -1"));
  EXPECT_THAT(error_of("C\x01xI\x00\x0f\x42\x40"s + std::string(1'000'000, '\0')),
              HasSubstr("1000000 fields"));
  EXPECT_THAT(error_of("C\x90"), HasSubstr("a name that is no string"));
}

TEST(Hessian2Reader, DepthCostsNoStackAndIsLimited) {
  const std::string deep = std::string(100'000, 'W') + std::string(100'000, 'Z');
  EXPECT_THAT(error_of(deep), HasSubstr("nested deeper than 512 levels at byte 513"));
  ReadLimits limits;
  limits.depth = 200'000;
  EXPECT_EQ(Read(deep, limits).only().size(), 1U);
}

TEST(Hessian2Reader, EveryPrefixOfAValueIsAnErrorAndNoCrash) {
  const std::string whole =
      "C\x01"
      "A\x91\x01x\x60"
      "H\x01k\x57\x5e\x01\x02J\x00\x00\x00\x00\x00\x00\x00\x01ZZ"s;
  ASSERT_EQ(Read(whole).only().kind(), Kind::object);
  for (std::size_t size = 1; size < whole.size(); ++size) {
    EXPECT_NE(error_of(whole.substr(0, size)), "no error") << size;
  }
}

TEST(Hessian2Writer, NumbersInTheirShortestForm) {
  for (const std::int32_t value : {0, -16, -17, 47, 48, -2048, -2049, 2047, 2048, -262144, -262145,
                                   262143, 262144, INT32_MIN, INT32_MAX}) {
    const Read read(written([&](Writer& w) { w.integer(value); }));
    EXPECT_EQ(read.only().kind(), Kind::integer);
    EXPECT_EQ(read.only().integer(), value);
  }
  for (const std::int64_t value :
       {std::int64_t{0}, std::int64_t{-8}, std::int64_t{-9}, std::int64_t{15}, std::int64_t{16},
        std::int64_t{-2048}, std::int64_t{2048}, std::int64_t{262143}, std::int64_t{262144},
        std::int64_t{INT32_MIN}, std::int64_t{INT32_MIN} - 1, INT64_MIN, INT64_MAX}) {
    const Read read(written([&](Writer& w) { w.long_integer(value); }));
    EXPECT_EQ(read.only().kind(), Kind::long_integer);
    EXPECT_EQ(read.only().integer(), value);
  }
  EXPECT_EQ(written([](Writer& w) { w.integer(47); }), "\xbf");
  EXPECT_EQ(written([](Writer& w) { w.integer(-2048); }), "\xc0\x00"s);
  EXPECT_EQ(written([](Writer& w) { w.long_integer(262144); }), "Y\x00\x04\x00\x00"s);
}

TEST(Hessian2Writer, RealNumbersAndDates) {
  for (const double value : {0.0, 1.0, -1.0, 127.0, -128.0, 128.0, 32767.0, 32768.0, 12.25, 0.001,
                             1e300, -2147483.5, 3.141592653589793}) {
    EXPECT_EQ(Read(written([&](Writer& w) { w.real(value); })).only().real(), value);
  }
  EXPECT_TRUE(std::isnan(Read(written([](Writer& w) { w.real(std::nan("")); })).only().real()));
  EXPECT_EQ(written([](Writer& w) { w.real(12.25); }), "\x5f\x00\x00\x2f\xda"s);
  EXPECT_EQ(written([](Writer& w) { w.date(894621060000); }), "K\x00\xe3\x83\x8f"s);
  EXPECT_EQ(written([](Writer& w) { w.date(894621091000); }), "J\x00\x00\x00\xd0\x4b\x92\x84\xb8"s);
}

TEST(Hessian2Writer, StringsOfEveryLengthComeBack) {
  for (const int length : {0, 1, 31, 32, 1023, 1024, 32768, 32769, 100'000}) {
    for (const std::string& unit : {"x"s, "订"s, "😀"s}) {
      std::string text;
      for (int i = 0; i < length; ++i) text += unit;
      const Read read(written([&](Writer& w) { w.string(text); }));
      ASSERT_EQ(read.values.size(), 1U);
      EXPECT_EQ(read.only().text(), text) << length << unit;
      const Read binary(written([&](Writer& w) { w.binary(text); }));
      EXPECT_EQ(binary.only().text(), text) << length << unit;
    }
  }
}

TEST(Hessian2Writer, ListsAndMapsWithTypes) {
  EXPECT_EQ(written([](Writer& w) {
              w.list(2, "[string");
              w.string("a");
              w.null();
              w.list(1, "[string");
              w.string("b");
              w.list(0);
              w.begin_map("x.Y");
              w.end_map();
            }),
            "\x72\x07[string\x01"
            "aN\x71\x90\x01"
            "b\x78M\x03x.YZ");
  EXPECT_EQ(written([](Writer& w) { w.list(8); }), "X\x98");
  EXPECT_EQ(written([](Writer& w) { w.list(8, "[int"); }), "V\x04[int\x98");
}

}  // namespace
}  // namespace podreg::rpc::hessian2
