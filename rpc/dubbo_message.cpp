#include "rpc/dubbo_message.h"

#include <fmt/format.h>

#include "core/error.h"
#include "rpc/hessian2_reader.h"
#include "rpc/jsonb_string.h"
#include "rpc/provider_error.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr std::string_view kProtocolVersion = "2.0.2";
constexpr std::string_view kNull = "N";

// What the first number of an answer says.
constexpr std::int64_t kException = 0;
constexpr std::int64_t kValue = 1;
constexpr std::int64_t kNullValue = 2;
constexpr std::int64_t kWithAttachments = 3;  // more than each of these

void check(const DubboFrame& frame) {
  if (frame.status != kStatusOk) {
    throw provider_error(describe_status(frame.status), error_message(frame),
                         kind_of_status(frame.status));
  }
  if (frame.serialization != kHessian2) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("the provider answered in serialization {}, not in hessian2 ({})",
                            frame.serialization, kHessian2));
  }
}

}  // namespace

std::string encode(const DubboRequest& request) {
  hessian2::Writer writer;
  writer.string(kProtocolVersion);
  writer.string(request.path);
  writer.string(request.version);
  writer.string(request.method);
  writer.string(request.parameter_types);
  if (request.arguments) request.arguments(writer);
  writer.begin_map();
  for (const auto& [key, value] : request.attachments) {
    writer.string(key);
    writer.string(value);
  }
  writer.end_map();
  return writer.take();
}

std::string error_message(const DubboFrame& frame) {
  try {
    if (frame.serialization == kFastjson2) return jsonb_string(frame.body).value_or("");
    if (frame.serialization != kHessian2) return {};
    hessian2::Document document;
    const auto value = hessian2::Reader(frame.body, document).read();
    return value.kind() == hessian2::Kind::string ? std::string(value.text()) : std::string();
  } catch (const Error&) {
    return {};
  }
}

bool may_be_decoded_next_time(std::string_view message) {
  return message.find("Fail to decode request") != std::string_view::npos;
}

bool may_be_decoded_next_time(const DubboFrame& answer) {
  constexpr int kBadRequest = 40;
  return answer.status == kBadRequest && may_be_decoded_next_time(error_message(answer));
}

DubboFrame heartbeat(std::uint64_t id) {
  DubboFrame frame;
  frame.request = frame.two_way = frame.event = true;
  frame.id = id;
  frame.body = kNull;
  return frame;
}

DubboFrame answer_to_heartbeat(const DubboFrame& heartbeat) {
  DubboFrame frame;
  frame.event = true;
  frame.serialization = heartbeat.serialization;
  frame.status = kStatusOk;
  frame.id = heartbeat.id;
  frame.body = kNull;
  return frame;
}

void read_answer(const DubboFrame& frame, DubboAnswer& answer) {
  check(frame);
  hessian2::Reader reader(frame.body, answer.document);
  const auto flag = reader.read();
  const std::int64_t says =
      flag.kind() == hessian2::Kind::integer ? flag.integer() % kWithAttachments : -1;
  const bool with_attachments = says >= 0 && flag.integer() >= kWithAttachments;
  if (says == kException) {
    answer.exception = reader.read();
  } else if (says == kValue) {
    answer.value = reader.read();
  } else if (says == kNullValue) {
    hessian2::Document& document = answer.document;
    answer.value = hessian2::Reader(kNull, document).read();
  } else {
    throw Error(ErrorKind::invalid_data, "the provider's answer does not say what it is");
  }
  if (with_attachments) answer.attachments = reader.read();
}

}  // namespace podreg::rpc
