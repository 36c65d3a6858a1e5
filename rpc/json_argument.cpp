#include "rpc/json_argument.h"

#include <fmt/format.h>
#include <rapidjson/error/en.h>
#include <rapidjson/memorystream.h>

#include "core/error.h"
#include "core/json.h"
#include "rpc/json_scalar.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

using Size = rapidjson::SizeType;

constexpr std::size_t kDeepest = 500;  // the reader of Dubbo uses its stack

// What SAX handlers share: they end the reading where something is nested too deep.
class Depth {
 public:
  bool enter() { return ++depth_ <= kDeepest; }
  void leave() { --depth_; }
  bool outermost() const { return depth_ == 0; }
  bool exceeded() const { return depth_ > kDeepest; }

 private:
  std::size_t depth_ = 0;
};

// The sizes of lists, in the order in which they begin: hessian2 has them in front.
class SizesHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, SizesHandler> {
 public:
  bool StartObject() { return depth_.enter(); }
  bool EndObject(Size /*members*/) {
    depth_.leave();
    return true;
  }
  bool StartArray() {
    open_.push_back(sizes_.size());
    sizes_.push_back(0);
    return depth_.enter();
  }
  bool EndArray(Size items) {
    sizes_[open_.back()] = items;
    open_.pop_back();
    depth_.leave();
    return true;
  }

  const std::vector<std::size_t>& sizes() const { return sizes_; }
  bool too_deep() const { return depth_.exceeded(); }

 private:
  Depth depth_;
  std::vector<std::size_t> sizes_;
  std::vector<std::size_t> open_;  // places in sizes_
};

class WritingHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, WritingHandler> {
 public:
  WritingHandler(hessian2::Writer& writer, const std::vector<std::size_t>& sizes,
                 const std::string& type, const std::string& what)
      : writer_(writer), sizes_(sizes), type_(type), what_(what) {}

  bool Null() {
    writer_.null();
    return true;
  }
  bool Bool(bool value) {
    writer_.boolean(value);
    return true;
  }
  bool RawNumber(const char* text, Size size, bool /*copy*/) {
    write_number(writer_, {text, size}, type_here(), what_);
    return true;
  }
  bool String(const char* text, Size size, bool /*copy*/) {
    write_string(writer_, {text, size}, type_here(), what_);
    return true;
  }
  bool Key(const char* text, Size size, bool /*copy*/) {
    writer_.string({text, size});
    return true;
  }
  bool StartObject() {
    writer_.begin_map();
    return depth_.enter();
  }
  bool EndObject(Size /*members*/) {
    writer_.end_map();
    depth_.leave();
    return true;
  }
  bool StartArray() {
    writer_.list(sizes_[next_list_++]);
    return depth_.enter();
  }
  bool EndArray(Size /*items*/) {
    depth_.leave();
    return true;
  }

 private:
  // What is in a list or an object has a type that only the provider knows.
  std::string_view type_here() const {
    return depth_.outermost() ? std::string_view(type_) : std::string_view();
  }

  hessian2::Writer& writer_;
  const std::vector<std::size_t>& sizes_;
  const std::string& type_;
  const std::string& what_;
  Depth depth_;
  std::size_t next_list_ = 0;
};

[[noreturn]] void refuse(std::string_view json, const rapidjson::ParseResult& result,
                         const std::string& what) {
  const bool word = json.find_first_of("\"{[ ") == std::string_view::npos && !json.empty();
  throw Error(
      ErrorKind::usage,
      fmt::format("{} is no JSON: {} at byte {}", what, rapidjson::GetParseError_En(result.Code()),
                  result.Offset()),
      word ? fmt::format("a string has quotes, which the shell must not take: '\"{}\"'", json)
           : std::string());
}

constexpr unsigned kFlags = rapidjson::kParseIterativeFlag | rapidjson::kParseNumbersAsStringsFlag |
                            rapidjson::kParseValidateEncodingFlag;

template <typename Handler>
rapidjson::ParseResult parse(std::string_view json, Handler& handler) {
  rapidjson::MemoryStream stream(json.data(), json.size());
  core::JsonReader reader;
  return reader.Parse<kFlags>(stream, handler);
}

// Takes the items of the outermost list apart.
class ItemsHandler : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, ItemsHandler> {
 public:
  bool Null() { return scalar(writer_.Null()); }
  bool Bool(bool value) { return scalar(writer_.Bool(value)); }
  bool RawNumber(const char* text, Size size, bool /*copy*/) {
    return scalar(writer_.RawValue(text, size, rapidjson::kNumberType));
  }
  bool String(const char* text, Size size, bool /*copy*/) {
    return scalar(writer_.String(text, size));
  }
  bool Key(const char* text, Size size, bool /*copy*/) { return writer_.Key(text, size); }
  bool StartObject() {
    ++depth_;
    return writer_.StartObject();
  }
  bool EndObject(Size /*members*/) { return end(writer_.EndObject()); }
  bool StartArray() {
    if (depth_++ == 0) {
      list_ = true;
      return true;
    }
    return writer_.StartArray();
  }
  bool EndArray(Size /*items*/) {
    if (depth_ == 1 && list_) {
      --depth_;
      return true;
    }
    return end(writer_.EndArray());
  }

  std::vector<std::string> items;

 private:
  bool end(bool done) {
    --depth_;
    return scalar(done);
  }

  // Something is complete; whether it is an item says the depth.
  bool scalar(bool done) {
    if (depth_ == (list_ ? 1U : 0U)) {
      items.emplace_back(buffer_.GetString(), buffer_.GetSize());
      buffer_.Clear();
      writer_.Reset(buffer_);
    }
    return done;
  }

  core::JsonBuffer buffer_;
  core::JsonWriter<> writer_{buffer_};
  std::size_t depth_ = 0;
  bool list_ = false;
};

}  // namespace

void write_argument(hessian2::Writer& writer, const JsonArgument& argument,
                    const std::string& what) {
  SizesHandler sizes;
  const auto result = parse(argument.json, sizes);
  if (sizes.too_deep()) {
    throw Error(ErrorKind::usage,
                fmt::format("{} is nested deeper than {} levels", what, kDeepest));
  }
  if (result.IsError()) refuse(argument.json, result, what);
  WritingHandler handler(writer, sizes.sizes(), argument.type, what);
  parse(argument.json, handler);
}

std::vector<std::string> items_of_json(std::string_view json, const std::string& what) {
  ItemsHandler handler;
  const auto result = parse(json, handler);
  if (result.IsError()) refuse(json, result, what);
  return std::move(handler.items);
}

}  // namespace podreg::rpc
