// Feeds the reader of Hessian 2.0 with anything: it has to read or refuse it within bounds. What it
// read is written, and has to be read as what it is: the bytes of the second writing are those of
// the first. References are written as what they refer to, objects as maps. As JSON it has to be
// JSON, and whatever it is it may be asked for members and for an exception.
#include <rapidjson/memorystream.h>

#include <string>
#include <vector>

#include "core/error.h"
#include "core/json.h"
#include "rpc/hessian2_json.h"
#include "rpc/hessian2_reader.h"
#include "rpc/hessian2_writer.h"
#include "rpc/java_exception.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

using podreg::rpc::hessian2::Document;
using podreg::rpc::hessian2::Kind;
using podreg::rpc::hessian2::Reader;
using podreg::rpc::hessian2::Value;
using podreg::rpc::hessian2::Writer;

// Two places may hold the same value, and a value itself.
struct TooMuch {};

class Copy {
 public:
  void write(const Value& value, std::size_t depth = 0) {
    if (++steps_ > kMostSteps || depth > kDeepest) throw TooMuch();
    switch (value.kind()) {
      case Kind::null:
        return writer_.null();
      case Kind::boolean:
        return writer_.boolean(value.boolean());
      case Kind::integer:
        return writer_.integer(static_cast<std::int32_t>(value.integer()));
      case Kind::long_integer:
        return writer_.long_integer(value.integer());
      case Kind::real:
        return writer_.real(value.real());
      case Kind::date:
        return writer_.date(value.milliseconds());
      case Kind::string:
        return writer_.string(value.text());
      case Kind::binary:
        return writer_.binary(value.text());
      case Kind::list:
        writer_.list(value.size(), value.type_name());
        for (std::size_t i = 0; i < value.size(); ++i) write(value.item(i), depth + 1);
        return;
      case Kind::map:
      case Kind::object:
        return write_pairs(value, depth);
    }
  }

  std::string take() { return writer_.take(); }

 private:
  static constexpr std::size_t kMostSteps = 20'000;
  static constexpr std::size_t kDeepest = 400;

  void write_pairs(const Value& value, std::size_t depth) {
    const bool object = value.kind() == Kind::object;
    writer_.begin_map(value.type_name());
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (object) {
        writer_.string(value.field_name(i));
        write(value.field(i), depth + 1);
      } else {
        write(value.key(i), depth + 1);
        write(value.mapped(i), depth + 1);
      }
    }
    writer_.end_map();
  }

  Writer writer_;
  std::size_t steps_ = 0;
};

void check_json(const Value& value) {
  constexpr podreg::rpc::hessian2::JsonOptions kOptions{.types = true, .largest = 100'000};
  std::string json;
  try {
    json = to_json(value, kOptions);
  } catch (const podreg::core::Error&) {
    return;
  }
  rapidjson::MemoryStream stream(json.data(), json.size());
  rapidjson::BaseReaderHandler<> nobody;
  constexpr unsigned kFlags = rapidjson::kParseIterativeFlag |
                              rapidjson::kParseValidateEncodingFlag |
                              rapidjson::kParseNumbersAsStringsFlag;
  podreg::fuzz::must(!podreg::core::JsonReader().Parse<kFlags>(stream, nobody).IsError());
}

// As attachments and as what was thrown, which providers may send as values of any kind.
void check_members(const Value& value) {
  const bool may_have = value.kind() == Kind::map || value.kind() == Kind::object;
  podreg::fuzz::must(may_have || !value.member("dubbo"));
  const auto exception = podreg::rpc::read_exception(value);
  podreg::rpc::exception_in_trace(exception.stack);
  podreg::rpc::exception_in_trace(exception.message);
}

// All values of the stream, written anew.
std::string rewritten(std::string_view bytes) {
  const podreg::fuzz::MemoryWatch memory;
  Document document;
  Reader reader(bytes, document);
  std::vector<std::uint32_t> ids;
  while (!reader.at_end()) ids.push_back(reader.read().id());
  memory.check(bytes, 100);
  Copy copy;
  for (const auto id : ids) copy.write(document.value(id));
  for (const auto id : ids) check_json(document.value(id));
  for (const auto id : ids) check_members(document.value(id));
  return copy.take();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  std::string first;
  try {
    first = rewritten(input.bytes);
  } catch (const podreg::core::Error&) {
    return 0;
  } catch (const TooMuch&) {
    return 0;
  }
  podreg::fuzz::must(rewritten(first) == first);
  return 0;
}
