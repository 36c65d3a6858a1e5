#include "rpc/hessian2_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base64.h"
#include "core/error.h"
#include "core/json.h"
#include "core/timestamp.h"
#include "rpc/big_integer.h"

namespace podreg::rpc::hessian2 {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::size_t kDeepest = 1'000;
// Objects need up to 20 times as much, whose field names stand once in Hessian, and each time here.
constexpr std::size_t kMostTimes = 32;
constexpr std::size_t kAlways = std::size_t{1} << 20;
constexpr std::string_view kClass = "class";

bool is_container(Kind kind) {
  return kind == Kind::list || kind == Kind::map || kind == Kind::object;
}

// Whether the text is a number as JSON has it: BigDecimal#toString writes one.
bool is_json_number(std::string_view text) {
  const auto digits = [&] {
    const auto count = std::min(text.find_first_not_of("0123456789"), text.size());
    text.remove_prefix(count);
    return count > 0;
  };
  if (text.starts_with('-')) text.remove_prefix(1);
  if (text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9') return false;
  if (!digits()) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (!digits()) return false;
  }
  if (text.starts_with('E') || text.starts_with('e')) {
    text.remove_prefix(1);
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    if (!digits()) return false;
  }
  return text.empty();
}

// The digits of a java.math.BigDecimal, which hessian-lite writes as an object with one text in it,
// or of a BigInteger, of which it writes all fields.
std::optional<std::string> big_number(const Value& value) {
  if (value.type_name() == "java.math.BigInteger") return big_integer_text(value);
  if (value.type_name() != "java.math.BigDecimal") return std::nullopt;
  const auto text = value.member("value");
  if (!text || text->kind() != Kind::string || !is_json_number(text->text())) return std::nullopt;
  return std::string(text->text());
}

class JsonText {
 public:
  JsonText(const Value& value, JsonOptions options)
      : options_(options),
        largest_(std::min(options.largest, kAlways + kMostTimes * value.bytes_read())) {}

  void write(const Value& value) {
    check();
    switch (value.kind()) {
      case Kind::null:
        writer_.Null();
        return;
      case Kind::boolean:
        writer_.Bool(value.boolean());
        return;
      case Kind::integer:
      case Kind::long_integer:
        writer_.Int64(value.integer());
        return;
      case Kind::real:
        return write_real(value.real());
      case Kind::date:
        return write_date(value.milliseconds());
      case Kind::string:
        return string(value.text());
      case Kind::binary:
        return string(core::encode_base64(std::string(value.text())));
      case Kind::list:
      case Kind::map:
      case Kind::object:
        return write_container(value);
    }
  }

  std::string take() {
    check();
    return {buffer_.GetString(), buffer_.GetSize()};
  }

 private:
  struct Step {
    std::uint32_t id;
    std::string name;  // ".member" or "[0]", of what is under way in it
  };

  void check() const {
    if (buffer_.GetSize() > largest_) {
      throw Error(ErrorKind::invalid_data,
                  fmt::format("the value has more than {} MiB as JSON", largest_ >> 20));
    }
    if (path_.size() > kDeepest) {
      throw Error(ErrorKind::invalid_data,
                  fmt::format("the value is nested deeper than {} levels", kDeepest));
    }
  }

  void string(std::string_view text) {
    writer_.String(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void key(std::string_view text) {
    writer_.Key(text.data(), static_cast<rapidjson::SizeType>(text.size()));
  }
  void number(std::string_view text) {
    writer_.RawValue(text.data(), text.size(), rapidjson::kNumberType);
  }

  void write_real(double value) {
    if (std::isfinite(value)) {
      number(real_text(value));
    } else {
      string(real_text(value));
    }
  }

  void write_date(std::int64_t milliseconds) {
    const auto text =
        core::format_timestamp(core::Timestamp(std::chrono::milliseconds(milliseconds)));
    if (text) {
      string(*text);
    } else {
      writer_.Int64(milliseconds);
    }
  }

  void write_container(const Value& value) {
    if (is_under_way(value)) return write_reference(value);
    path_.push_back({value.id(), {}});
    if (value.kind() == Kind::list) {
      write_list(value);
    } else if (value.kind() == Kind::map) {
      write_map(value);
    } else {
      write_object(value);
    }
    path_.pop_back();
  }

  bool is_under_way(const Value& value) const {
    return std::ranges::find(path_, value.id(), &Step::id) != path_.end();
  }

  void write_reference(const Value& value) {
    std::string path = "$";
    for (const auto& step : path_) {
      if (step.id == value.id()) break;
      path += step.name;
    }
    writer_.StartObject();
    key("$ref");
    string(path);
    writer_.EndObject();
  }

  void write_list(const Value& value) {
    writer_.StartArray();
    for (std::size_t i = 0; i < value.size(); ++i) {
      path_.back().name = fmt::format("[{}]", i);
      write(value.item(i));
    }
    writer_.EndArray();
  }

  void write_map(const Value& value) {
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (is_container(value.key(i).kind())) return write_pairs(value);
    }
    writer_.StartObject();
    for (std::size_t i = 0; i < value.size(); ++i) {
      const auto name = key_text(value.key(i));
      if (name == kClass && !options_.types) continue;
      write_member(name, value.mapped(i));
    }
    writer_.EndObject();
  }

  static std::string key_text(const Value& value) {
    if (value.kind() == Kind::string) return std::string(value.text());
    JsonText text(value, JsonOptions{});
    text.write(value);
    auto json = text.take();
    const bool quoted = json.starts_with('"');
    return quoted ? json.substr(1, json.size() - 2) : json;
  }

  void write_pairs(const Value& value) {
    writer_.StartArray();
    for (std::size_t i = 0; i < value.size(); ++i) {
      path_.back().name = fmt::format("[{}].key", i);
      writer_.StartObject();
      key("key");
      write(value.key(i));
      path_.back().name = fmt::format("[{}].value", i);
      key("value");
      write(value.mapped(i));
      writer_.EndObject();
    }
    writer_.EndArray();
  }

  void write_object(const Value& value) {
    if (const auto digits = big_number(value)) return number(*digits);
    writer_.StartObject();
    if (options_.types) {
      key(kClass);
      string(value.type_name());
    }
    for (std::size_t i = 0; i < value.size(); ++i) {
      write_member(value.field_name(i), value.field(i));
    }
    writer_.EndObject();
  }

  void write_member(std::string_view name, const Value& value) {
    path_.back().name = fmt::format(".{}", name);
    key(name);
    write(value);
  }

  JsonOptions options_;
  std::size_t largest_;
  core::JsonBuffer buffer_;
  core::JsonWriter<> writer_{buffer_};
  std::vector<Step> path_;
};

}  // namespace

std::string to_json(const Value& value, const JsonOptions& options) {
  JsonText text(value, options);
  text.write(value);
  return text.take();
}

std::string real_text(double value) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-Infinity" : "Infinity";
  auto text = fmt::format("{}", value);
  if (text.find_first_of(".e") == std::string::npos) text += ".0";
  return text;
}

}  // namespace podreg::rpc::hessian2
