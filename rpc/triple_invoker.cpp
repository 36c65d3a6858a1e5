#include "rpc/triple_invoker.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <rapidjson/document.h>

#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/protobuf.h"
#include "rpc/hessian2_reader.h"
#include "rpc/java_exception.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* kJsonContentType = "application/json";
constexpr const char* kExceptionHeader = "tri-exception-code";

// TripleRequestWrapper {1 serializeType, 2 args, 3 argTypes}.
std::string wrapper_of(const GenericCall& call) {
  std::string wrapper;
  core::append_field(wrapper, 1, "hessian4");
  for (const auto& argument : encode_arguments(call)) core::append_field(wrapper, 2, argument);
  for (const auto* type : kGenericTypes) core::append_field(wrapper, 3, type);
  return wrapper;
}

// One list or object stands alone: Dubbo 3.3 would take a list around it for the value itself.
std::string json_body(const GenericCall& call) {
  if (call.arguments.size() == 1) {
    const auto json = core::trimmed(call.arguments.front().json);
    if (json.starts_with('[') || json.starts_with('{')) return std::string(json);
  }
  std::vector<std::string_view> items;
  for (const auto& argument : call.arguments) items.emplace_back(argument.json);
  return fmt::format("[{}]", fmt::join(items, ","));
}

TripleRequest request_of(const GenericCall& call, const InvokerOptions& options) {
  const bool json = options.triple_body == TripleBody::json;
  TripleRequest request;
  request.authority = options.authority;
  request.path = fmt::format("/{}/{}", call.path, json ? call.method : kGenericMethod);
  request.content_type = json ? kJsonContentType : kGrpcContentType;
  add_service_headers(call, request);
  if (!json) request.headers.emplace_back("generic", "true");
  for (const auto& [name, value] : call.attachments) {
    request.headers.emplace_back(core::ascii_lower(name), value);
  }
  request.body = json ? json_body(call) : grpc_message(wrapper_of(call));
  return request;
}

// The status that stands for anything that was thrown while the method was looked for or called.
constexpr std::string_view kUnknown = "2";
constexpr std::string_view kUnimplemented = "12";

void check_status(const GenericCall& call, const TripleResponse& response) {
  const auto status = response.header("grpc-status");
  if (status != kUnknown && status != kUnimplemented) return;  // grpc_answer() says what it is
  throw refusal(call, grpc_status_name(status), response.status_message());
}

// TripleResponseWrapper {1 serializeType, 2 data, 3 type}; without data for null.
std::string_view data_of(std::string_view message) {
  core::ProtobufMessage wrapper(message, "the provider's answer");
  for (core::ProtobufMessage::Field field; wrapper.next(field);) {
    if (field.number == 2) return wrapper.bytes(field);
  }
  return "N";
}

// Dubbo 3.3 sends as exceptions, too, what keeps it from calling the method.
bool is_refusal(const hessian2::Value& exception, const core::JavaException& read) {
  return exception.type_name() == "org.apache.dubbo.rpc.RpcException" ||
         (exception.type_name() == "java.lang.IllegalStateException" &&
          read.message.starts_with("Not unique method for method name("));
}

CallAnswer generic_answer(const GenericCall& call, const TripleResponse& response,
                          const hessian2::JsonOptions& options) {
  check_status(call, response);
  const auto data = data_of(grpc_answer(response));
  hessian2::Document document;
  const auto value = hessian2::Reader(data, document).read();
  if (response.header(kExceptionHeader).empty()) return {hessian2::to_json(value, options), {}};
  auto exception = read_exception(value);
  if (is_refusal(value, exception)) throw refusal(call, exception.class_name, exception.message);
  return {{}, std::move(exception)};
}

// {"message":…,"status":…}, which Dubbo answers in place of a result; else the text itself.
std::string message_in(const std::string& body) {
  rapidjson::Document document;
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  if (document.HasParseError() || !document.IsObject()) return body;
  const auto message = document.FindMember("message");
  if (message == document.MemberEnd() || !message->value.IsString()) return body;
  return {message->value.GetString(), message->value.GetStringLength()};
}

CallAnswer json_answer(const GenericCall& call, const TripleResponse& response) {
  constexpr int kOk = 200;
  constexpr int kNotFound = 404;
  constexpr int kUnsupported = 415;
  if (response.status == kOk) return {response.body.empty() ? "null" : response.body, {}};
  if (response.status == kUnsupported) {
    throw Error(ErrorKind::usage,
                "the provider takes no JSON over tri, which Dubbo does from 3.3 on",
                "leave out --serialization json");
  }
  if (response.status == kNotFound) {
    throw Error(ErrorKind::not_found, fmt::format("{} is not exported there, or has no method {}",
                                                  service_key(call), call.method));
  }
  throw refusal(call, fmt::format("HTTP {}", response.status), message_in(response.body),
                kind_of_http_status(response.status));
}

}  // namespace

void add_service_headers(const GenericCall& call, TripleRequest& request) {
  if (!call.version.empty()) request.headers.emplace_back("tri-service-version", call.version);
  if (!call.group.empty()) request.headers.emplace_back("tri-service-group", call.group);
}

TripleInvoker::TripleInvoker(std::unique_ptr<core::Stream> stream, GenericCall call,
                             const InvokerOptions& options)
    : call_(std::move(call)),
      options_(options),
      request_(request_of(call_, options)),
      stream_(std::move(stream)),
      client_(*stream_) {}

CallAnswer TripleInvoker::call(core::Deadline deadline) {
  const auto response = client_.exchange(request_, deadline);
  if (options_.triple_body == TripleBody::json) return json_answer(call_, response);
  return generic_answer(call_, response, options_.json);
}

}  // namespace podreg::rpc
