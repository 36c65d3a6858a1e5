#include "rpc/java_exception.h"

#include <fmt/format.h>

#include <algorithm>

#include "core/short_text.h"

namespace podreg::rpc {

using core::JavaException;
using hessian2::Kind;
using hessian2::Value;

namespace {

constexpr std::size_t kMostFrames = 1'000;

std::string text_of(const Value& object, std::string_view field) {
  const auto value = object.member(field);
  return value && value->kind() == Kind::string ? std::string(value->text()) : std::string();
}

// Of a frame: a name, which may be the same large text in each of them.
std::string name_of(const Value& frame, std::string_view field) {
  const auto value = frame.member(field);
  return value && value->kind() == Kind::string ? core::short_text(value->text()) : std::string();
}

// "\tat x.A.m(A.java:7)", as Throwable#printStackTrace has it.
std::string frame_text(const Value& frame) {
  const auto line = frame.member("lineNumber");
  const auto number =
      line && line->kind() == Kind::integer && line->integer() > 0 ? line->integer() : 0;
  const auto file = name_of(frame, "fileName");
  return fmt::format("\tat {}.{}({}{})\n", name_of(frame, "declaringClass"),
                     name_of(frame, "methodName"), file.empty() ? "Unknown Source" : file,
                     number > 0 ? fmt::format(":{}", number) : std::string());
}

std::string frames_of(const Value& exception) {
  std::string text;
  const auto frames = exception.member("stackTrace");
  if (!frames || frames->kind() != Kind::list) return text;
  for (std::size_t i = 0; i < std::min(frames->size(), kMostFrames); ++i) {
    text += frame_text(frames->item(i));
  }
  return text;
}

// With a package, as every class has that can be thrown through Dubbo.
bool is_class_name(std::string_view text) {
  return text.find('.') != std::string_view::npos && std::ranges::all_of(text, [](char c) {
           return static_cast<unsigned char>(c) >= 0x80 || c == '.' || c == '_' || c == '$' ||
                  (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

bool is_of_dubbo(std::string_view class_name) {
  return class_name.starts_with("org.apache.dubbo.") ||
         class_name.starts_with("com.alibaba.dubbo.");
}

bool is_generic(std::string_view class_name) {
  return class_name.ends_with(".rpc.service.GenericException");
}

}  // namespace

JavaException read_exception(const Value& value) {
  JavaException exception;
  if (value.kind() != Kind::object && value.kind() != Kind::map) {
    if (value.kind() == Kind::string) exception.message = value.text();
    return exception;
  }
  exception.class_name = value.type_name();
  exception.message = text_of(value, "detailMessage");
  if (is_generic(exception.class_name)) {
    // Its own message is the stack of the other as text, its own stack that of Dubbo.
    const auto stack = exception.message;
    exception.class_name = text_of(value, "exceptionClass");
    exception.message = text_of(value, "exceptionMessage");
    exception.stack = stack.find("\n\tat ") == std::string::npos ? std::string() : stack;
  }
  if (exception.stack.empty()) exception.stack = exception.to_string() + "\n" + frames_of(value);
  return exception;
}

std::optional<JavaException> exception_in_trace(std::string_view trace) {
  const auto frames = trace.find("\n\tat ");
  if (frames == std::string_view::npos || frames == 0) return std::nullopt;
  auto headline = trace.substr(0, frames);
  const auto half = headline.size() / 2;
  if (headline.substr(0, half) == headline.substr(half + 1)) {
    trace.remove_prefix(half + 1);
    headline.remove_suffix(half + 1);
  }
  const auto colon = std::min(headline.find(": "), headline.size());
  const auto class_name = headline.substr(0, colon);
  if (!is_class_name(class_name) || is_of_dubbo(class_name)) return std::nullopt;
  JavaException exception;
  exception.class_name = class_name;
  if (colon != headline.size()) exception.message = headline.substr(colon + 2);
  exception.stack = trace;
  return exception;
}

}  // namespace podreg::rpc
