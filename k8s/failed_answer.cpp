#include "k8s/failed_answer.h"

#include <algorithm>

#include "core/error.h"
#include "core/json.h"
#include "core/protobuf.h"
#include "k8s/media_types.h"

namespace podreg::k8s {
namespace {

using core::Error;
using std::string_view_literals::operator""sv;

constexpr auto kMagic = "k8s\0"sv;

std::string text_of(const core::JsonValue& object, const char* key) {
  const auto member = object.FindMember(key);
  if (member == object.MemberEnd() || !member->value.IsString()) return {};
  return {member->value.GetString(), member->value.GetStringLength()};
}

std::optional<ApiStatus> read_json_status(std::string_view body) {
  core::JsonDocument document;
  document.Parse<rapidjson::kParseIterativeFlag>(body.data(), body.size());
  if (document.HasParseError() || !document.IsObject() || text_of(document, "kind") != "Status") {
    return std::nullopt;
  }
  ApiStatus status{text_of(document, "message"), text_of(document, "reason")};
  if (document.HasMember("details") && document["details"].IsObject()) {
    status.object_name = text_of(document["details"], "name");
  }
  return status;
}

// The bytes of a field of a message, empty when it is absent.
std::string_view bytes_of(std::string_view message, std::uint32_t number) {
  std::string_view found;
  core::ProtobufMessage reader(message, "the error");
  for (core::ProtobufMessage::Field field; reader.next(field);) {
    if (field.number == number) found = reader.bytes(field);
  }
  return found;
}

std::optional<ApiStatus> read_protobuf_status(std::string_view body) {
  if (!body.starts_with(kMagic)) return std::nullopt;
  try {
    const auto unknown = body.substr(kMagic.size());
    if (bytes_of(bytes_of(unknown, 1), 2) != "Status") return std::nullopt;
    const auto status = bytes_of(unknown, 2);
    return ApiStatus{std::string(bytes_of(status, 3)), std::string(bytes_of(status, 4)),
                     std::string(bytes_of(bytes_of(status, 5), 1))};
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::optional<ApiStatus> read_status(std::string_view content_type, std::string_view body) {
  const std::string type = media_type(content_type);
  if (type == kJsonType) return read_json_status(body);
  if (type == kProtobufType) return read_protobuf_status(body);
  return std::nullopt;
}

void FailedAnswer::take_body(const std::string& text, const SentSecrets& secrets) {
  body = secrets.masked(text);
  said = read_status(content_type, body);
  if (!said) return;
  for (auto* one : {&said->message, &said->reason, &said->object_name}) *one = secrets.masked(*one);
}

FailedAnswer read_failure(Response& response, int status) {
  FailedAnswer answer{status, response.header("Content-Type"), response.header("Location")};
  try {
    answer.take_body(response.read_up_to(kLargestErrorBody), response.secrets());
  } catch (const Error&) {
    if (status != 401 && status != 403) throw;
  }
  return answer;
}

bool is_absent(const ApiCall& call, const FailedAnswer& answer) {
  if (!call.name || answer.status != 404) return false;
  return answer.said && answer.said->reason == "NotFound" && !answer.said->object_name.empty();
}

}  // namespace podreg::k8s
