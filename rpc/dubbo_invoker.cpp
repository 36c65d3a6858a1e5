#include "rpc/dubbo_invoker.h"

#include <utility>

#include "rpc/java_exception.h"

namespace podreg::rpc {

DubboRequest request_to(const GenericCall& call,
                        const std::vector<std::pair<std::string, std::string>>& marks) {
  DubboRequest request;
  request.path = call.path;
  request.version = call.version;
  request.attachments = {{"path", call.path}, {"interface", call.interface}};
  for (const auto& mark : marks) request.attachments.push_back(mark);
  if (!call.group.empty()) request.attachments.emplace_back("group", call.group);
  if (!call.version.empty()) request.attachments.emplace_back("version", call.version);
  return request;
}

DubboRequest generic_request(const GenericCall& call) {
  DubboRequest request = request_to(call, {{"generic", "true"}});
  request.method = kGenericMethod;
  request.parameter_types = kGenericDescriptor;
  request.arguments = [&call](hessian2::Writer& writer) { write_arguments(writer, call); };
  for (const auto& attachment : call.attachments) request.attachments.push_back(attachment);
  return request;
}

DubboInvoker::DubboInvoker(std::unique_ptr<core::Stream> stream, GenericCall call,
                           const InvokerOptions& options)
    : call_(std::move(call)),
      json_(options.json),
      body_(encode(generic_request(call_))),
      client_(std::move(stream)) {}

CallAnswer DubboInvoker::call(core::Deadline deadline) {
  const auto frame = client_.await(client_.send(body_, deadline), body_, deadline);
  if (frame.status != kStatusOk) {
    const auto message = error_message(frame);
    return thrown_or_refused(message, refusal(call_, describe_status(frame.status), message,
                                              kind_of_status(frame.status)));
  }
  DubboAnswer answer;
  read_answer(frame, answer);
  if (answer.exception) return {{}, read_exception(*answer.exception)};
  return {hessian2::to_json(*answer.value, json_), {}};
}

}  // namespace podreg::rpc
