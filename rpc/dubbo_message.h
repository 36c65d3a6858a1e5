// Requests and answers of the dubbo protocol, in hessian2.
//
// Format: Dubbo 3.2.6, org.apache.dubbo.rpc.protocol.dubbo.DubboCodec. The body of a request is a
// row of values: "2.0.2", path, version, method, parameter types as one descriptor, the arguments,
// the attachments as a map. That of an answer: a number (0 exception, 1 value, 2 null; 3 to 5 the
// same with attachments), the exception or value, the attachments. With another status than 20 the
// body is a message, which 3.2.6 writes in JSONB whatever serialization was asked for.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rpc/dubbo_frame.h"
#include "rpc/hessian2.h"
#include "rpc/hessian2_writer.h"

namespace podreg::rpc {

struct DubboRequest {
  std::string path;     // the interface, or what the URL has as path
  std::string version;  // empty for none
  std::string method;
  std::string parameter_types;                       // "Ljava/lang/String;I"; empty for none
  std::function<void(hessian2::Writer&)> arguments;  // writes them; may be empty
  std::vector<std::pair<std::string, std::string>> attachments;  // in the order of writing
};

// The body of the request.
std::string encode(const DubboRequest& request);

// Whether the same request may be understood when it comes again, by what the provider says.
// Dubbo 3.2.6 makes what decodes requests when the first one comes, and fails on others that come
// meanwhile; of a service that is not exported it says the same.
bool may_be_decoded_next_time(std::string_view message);
bool may_be_decoded_next_time(const DubboFrame& answer);

// A frame that asks whether the other side lives, and the one that answers such a question.
DubboFrame heartbeat(std::uint64_t id);
DubboFrame answer_to_heartbeat(const DubboFrame& heartbeat);

struct DubboAnswer {
  hessian2::Document document;
  std::optional<hessian2::Value> value;      // of `document`; nothing for an exception
  std::optional<hessian2::Value> exception;  // what the service threw
  std::optional<hessian2::Value> attachments;

  // A Value points to the document that it is of.
  DubboAnswer() = default;
  DubboAnswer(const DubboAnswer&) = delete;
  DubboAnswer& operator=(const DubboAnswer&) = delete;
};

// The message of an answer with another status than 20; empty when it cannot be read.
std::string error_message(const DubboFrame& frame);

inline constexpr int kStatusOk = 20;

// Reads the answer to a request. Throws Error(invalid_data): a status other than 20, with its words
// and the provider's message, a serialization that is not hessian2, a body that is none.
void read_answer(const DubboFrame& frame, DubboAnswer& answer);

}  // namespace podreg::rpc
