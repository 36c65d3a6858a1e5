#include "rpc/triple_invoker.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <utility>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/json.h"
#include "rpc/grpc.h"
#include "rpc/grpc_status_details.h"
#include "rpc/hessian2_reader.h"
#include "rpc/java_exception.h"
#include "rpc/triple_wrapper.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* kJsonContentType = "application/json";
constexpr int kOk = 200;
constexpr int kNotFound = 404;
constexpr int kUnsupported = 415;
constexpr int kServerError = 500;
constexpr const char* kExceptionHeader = "tri-exception-code";

std::string generic_body(const GenericCall& call) {
  return grpc_message(triple_request_wrapper(encode_arguments(call), kGenericTypes));
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
  request.body = json ? json_body(call) : generic_body(call);
  return request;
}

// The status that stands for anything that was thrown while the method was looked for or called.
constexpr std::string_view kUnknown = "2";
constexpr std::string_view kUnimplemented = "12";

// What was thrown, or refused, in place of a result; nothing for other statuses, of which
// grpc_answer() says what they are.
std::optional<CallAnswer> failed_answer(const GenericCall& call, const TripleResponse& response) {
  const auto status = response.header("grpc-status");
  if (status != kUnknown && status != kUnimplemented) return std::nullopt;
  return thrown_or_refused(stack_in_details(response.header("grpc-status-details-bin")),
                           refusal(call, grpc_status_name(status), grpc_status_message(response)));
}

// Dubbo 3.3 sends as exceptions, too, what keeps it from calling the method.
bool is_refusal(const hessian2::Value& exception, const core::JavaException& read) {
  return exception.type_name() == "org.apache.dubbo.rpc.RpcException" ||
         (exception.type_name() == "java.lang.IllegalStateException" &&
          read.message.starts_with("Not unique method for method name("));
}

CallAnswer generic_answer(const GenericCall& call, const TripleResponse& response,
                          const hessian2::JsonOptions& options) {
  if (auto failed = failed_answer(call, response)) return *std::move(failed);
  const auto data = triple_response_data(grpc_answer(response));
  hessian2::Document document;
  const auto value = hessian2::Reader(data, document).read();
  if (response.header(kExceptionHeader).empty()) return {hessian2::to_json(value, options), {}};
  auto exception = read_exception(value);
  if (is_refusal(value, exception)) throw refusal(call, exception.class_name, exception.message);
  return {{}, std::move(exception)};
}

// {"message":…,"status":"500"}, which Dubbo 3.3 answers in place of a result.
struct JsonFailure {
  bool of_dubbo = false;  // else it is from somebody in between, and the message is its whole text
  std::string message;    // may be empty
};

std::string text_in(const core::JsonValue& object, const char* key) {
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

JsonFailure read_failure(const TripleResponse& response) {
  core::JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag>(response.body.data(), response.body.size());
  if (document.HasParseError() || !document.IsObject()) return {false, response.body};
  if (text_in(document, "status") != std::to_string(response.status)) return {false, response.body};
  return {true, text_in(document, "message")};
}

// What Dubbo 3.3.6 itself says with a status 500: it could not read the arguments, or not write the
// result.
bool is_fault_of_json(std::string_view message) {
  return message == "Error decoding json" || message == "Error encoding json";
}

// An answer with another status than 200. With 500 Dubbo tells what was thrown, but not its class.
CallAnswer failed_json_answer(const GenericCall& call, const TripleResponse& response) {
  const auto failure = read_failure(response);
  auto error = refusal(call, fmt::format("HTTP {}", response.status), failure.message,
                       kind_of_http_status(response.status));
  const bool thrown = response.status == kServerError && failure.of_dubbo &&
                      error.kind() == ErrorKind::invalid_data && !is_fault_of_json(failure.message);
  if (!thrown) throw std::move(error);
  return {{}, core::JavaException{{}, failure.message, {}}};
}

CallAnswer json_answer(const GenericCall& call, const TripleResponse& response) {
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
  return failed_json_answer(call, response);
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
      client_(std::move(stream)) {}

CallAnswer TripleInvoker::call(core::Deadline deadline) {
  const auto response = client_.exchange(request_, deadline);
  if (options_.triple_body == TripleBody::json) return json_answer(call_, response);
  return generic_answer(call_, response, options_.json);
}

}  // namespace podreg::rpc
