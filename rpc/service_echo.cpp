#include "rpc/service_echo.h"

#include <fmt/format.h>

#include <optional>
#include <utility>

#include "core/error.h"
#include "core/ip_address.h"
#include "core/short_text.h"
#include "rpc/dubbo_invoker.h"
#include "rpc/generic_call.h"
#include "rpc/grpc.h"
#include "rpc/triple_invoker.h"
#include "rpc/triple_wrapper.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* kEcho = "$echo";
constexpr const char* kValue = "podreg";
constexpr std::size_t kLargestAnswer = std::size_t{1} << 20;

GenericCall echo_call(const core::DerivedUrl& url) {
  GenericCall call = call_to(url);
  call.method = kEcho;
  return call;
}

// A heartbeat and, when there is a service, the question for it.
class DubboEcho final : public ServiceEcho {
 public:
  DubboEcho(std::unique_ptr<core::Stream> stream, const core::DerivedUrl& url)
      : call_(echo_call(url)),
        body_(encode(request())),
        client_(std::move(stream), kLargestAnswer) {}

  void send(core::Deadline deadline) override {
    heartbeat_ = client_.send_heartbeat(deadline);
    if (!call_.interface.empty()) echo_ = client_.send(body_, deadline);
  }

  std::string await(core::Deadline deadline) override {
    if (heartbeat_) {
      client_.await(*heartbeat_, deadline);
      heartbeat_.reset();
    }
    if (!echo_) return "dubbo";
    return version_in(client_.await(*echo_, body_, deadline));
  }

 private:
  DubboRequest request() const {
    DubboRequest request = request_to(call_);
    request.method = kEcho;
    request.parameter_types = "Ljava/lang/Object;";
    request.arguments = [](hessian2::Writer& writer) { writer.string(kValue); };
    return request;
  }

  // "dubbo 2.0.2": the version of the protocol stands in the attachments.
  std::string version_in(const DubboFrame& frame) const {
    if (frame.status != kStatusOk) {
      throw refusal(call_, describe_status(frame.status), error_message(frame),
                    kind_of_status(frame.status));
    }
    DubboAnswer answer;
    read_answer(frame, answer);
    if (answer.exception) {
      throw Error(ErrorKind::not_found,
                  fmt::format("$echo threw {}", answer.exception->type_name()));
    }
    const auto version = answer.attachments ? answer.attachments->member("dubbo") : std::nullopt;
    if (!version || version->kind() != hessian2::Kind::string) return "dubbo";
    return fmt::format("dubbo {}", core::short_text(version->text()));
  }

  GenericCall call_;
  std::string body_;                        // of the question for the service
  std::optional<std::uint64_t> heartbeat_;  // while it is not answered
  std::optional<std::uint64_t> echo_;
  DubboClient client_;
};

class TripleEcho final : public ServiceEcho {
 public:
  TripleEcho(std::unique_ptr<core::Stream> stream, const core::DerivedUrl& url)
      : call_(echo_call(url)),
        authority_(core::host_port(url.url.host, url.url.port)),
        client_(std::move(stream), kLargestAnswer) {}

  void send(core::Deadline deadline) override { client_.send(request(), deadline); }

  std::string await(core::Deadline deadline) override {
    const auto response = client_.await(deadline);
    const auto status = response.header("grpc-status");
    if (status.empty() && !response.is_grpc()) {
      throw OtherProtocol(
          fmt::format("it speaks HTTP/2, but not gRPC: HTTP status {}", response.status));
    }
    if (call_.interface.empty()) return "tri";  // gRPC in any case, with a health check or not
    if (status == "0") return "tri";
    throw refusal(call_, grpc_status_name(status), grpc_status_message(response),
                  kind_of_grpc_status(status));
  }

 private:
  TripleRequest request() const {
    TripleRequest request;
    request.authority = authority_;
    request.content_type = kGrpcContentType;
    if (call_.interface.empty()) {
      request.path = "/grpc.health.v1.Health/Check";
      request.body = grpc_message({});
      return request;
    }
    request.path = fmt::format("/{}/{}", call_.path, kEcho);
    add_service_headers(call_, request);
    constexpr const char* kTypes[] = {"java.lang.Object"};
    hessian2::Writer value;
    value.string(kValue);
    request.body = grpc_message(triple_request_wrapper({value.take()}, kTypes));
    return request;
  }

  GenericCall call_;
  std::string authority_;
  TripleClient client_;
};

}  // namespace

bool can_echo(const std::string& protocol) { return !spoken_over(protocol).empty(); }

std::string_view spoken_over(const std::string& protocol) {
  if (protocol == "dubbo") return "dubbo";
  return protocol == "tri" ? "HTTP/2" : "";
}

std::unique_ptr<ServiceEcho> make_echo(std::unique_ptr<core::Stream> stream,
                                       const core::DerivedUrl& url) {
  if (url.url.protocol == "dubbo") return std::make_unique<DubboEcho>(std::move(stream), url);
  return std::make_unique<TripleEcho>(std::move(stream), url);
}

}  // namespace podreg::rpc
