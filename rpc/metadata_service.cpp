#include "rpc/metadata_service.h"

#include <fmt/format.h>

#include <mutex>
#include <utility>

#include "core/error.h"
#include "core/ip_address.h"
#include "core/protobuf.h"
#include "rpc/dubbo_client.h"
#include "rpc/grpc.h"
#include "rpc/hessian2_reader.h"
#include "rpc/metadata_answer.h"
#include "rpc/metadata_info_v2.h"
#include "rpc/triple_client.h"
#include "rpc/triple_wrapper.h"

namespace podreg::rpc {

using core::Error;
using core::ErrorKind;

namespace {

constexpr const char* kService = "org.apache.dubbo.metadata.MetadataService";
constexpr const char* kServiceV2 = "org.apache.dubbo.metadata.MetadataServiceV2";
constexpr const char* kMethod = "getMetadataInfo";
constexpr const char* kVersionV2 = "2.0.0";
constexpr std::size_t kLargestAnswer = std::size_t{8} << 20;  // as Dubbo itself ("payload")

// What is read of an answer takes several times its size. Of large ones, which no honest provider
// has, one at a time is read, however many are asked at once.
class TurnToRead {
 public:
  explicit TurnToRead(std::size_t size) {
    constexpr std::size_t kLarge = std::size_t{1} << 20;
    static std::mutex turn;
    if (size > kLarge) turn_ = std::unique_lock(turn);
  }

 private:
  std::unique_lock<std::mutex> turn_;
};

core::MetadataInfo ask_dubbo(std::unique_ptr<core::Stream> stream,
                             const core::MetadataServiceAddress& address,
                             const std::string& revision, core::Deadline deadline) {
  DubboRequest request;
  request.path = kService;
  request.version = address.version;
  request.method = kMethod;
  request.parameter_types = "Ljava/lang/String;";
  request.arguments = [&](hessian2::Writer& writer) { writer.string(revision); };
  request.attachments = {{"path", kService}, {"group", address.group}};
  DubboClient client(std::move(stream), kLargestAnswer);
  const auto id = client.send(request, deadline);
  const DubboFrame frame = client.await(id, deadline);
  const TurnToRead turn(frame.body.size());
  DubboAnswer answer;
  read_answer(frame, answer);
  if (answer.exception) {
    throw Error(ErrorKind::invalid_data,
                fmt::format("the MetadataService threw {}", answer.exception->type_name()));
  }
  return metadata_info_of(*answer.value);
}

TripleRequest triple_request(const core::MetadataServiceAddress& address, const char* service,
                             const char* method, const std::string& version) {
  TripleRequest request;
  request.authority = core::host_port(address.host, address.port);
  request.path = fmt::format("/{}/{}", service, method);
  request.content_type = kGrpcContentType;
  request.headers = {{"tri-service-version", version}, {"tri-service-group", address.group}};
  return request;
}

core::MetadataInfo ask_triple(std::unique_ptr<core::Stream> stream,
                              const core::MetadataServiceAddress& address,
                              const std::string& revision, core::Deadline deadline) {
  constexpr const char* kTypes[] = {"java.lang.String"};
  hessian2::Writer argument;
  argument.string(revision);
  auto request = triple_request(address, kService, kMethod, address.version);
  request.body = grpc_message(triple_request_wrapper({argument.take()}, kTypes));
  const auto response = TripleClient(std::move(stream), kLargestAnswer).exchange(request, deadline);
  const TurnToRead turn(response.body.size());
  const auto data = triple_response_data(grpc_answer(response));
  hessian2::Document document;
  return metadata_info_of(hessian2::Reader(data, document).read());
}

core::MetadataInfo ask_triple_v2(std::unique_ptr<core::Stream> stream,
                                 const core::MetadataServiceAddress& address,
                                 const std::string& revision, core::Deadline deadline) {
  std::string message;
  core::append_field(message, 1, revision);
  auto request = triple_request(address, kServiceV2, "GetMetadataInfo", kVersionV2);
  request.body = grpc_message(message);
  const auto response = TripleClient(std::move(stream), kLargestAnswer).exchange(request, deadline);
  const TurnToRead turn(response.body.size());
  return metadata_info_of_v2(grpc_answer(response));
}

std::unique_ptr<core::Stream> connect(core::Dialer& dialer, const core::PodPort& pod,
                                      core::Deadline deadline) {
  try {
    return dialer.dial(pod, deadline);
  } catch (const core::PortRefused&) {
    throw;
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::not_allowed) throw;
    throw core::NotAsked(error);
  }
}

}  // namespace

core::MetadataInfo ask_for_metadata(core::Dialer& dialer, const core::PodPort& pod,
                                    const core::MetadataServiceAddress& address,
                                    const std::string& revision, core::Deadline deadline) {
  auto stream = connect(dialer, pod, deadline);
  if (address.protocol == "dubbo") return ask_dubbo(std::move(stream), address, revision, deadline);
  if (address.second) return ask_triple_v2(std::move(stream), address, revision, deadline);
  return ask_triple(std::move(stream), address, revision, deadline);
}

core::MetadataSource::Answer MetadataService::ask(const core::Instance& instance,
                                                  core::Deadline deadline) {
  const auto address = core::metadata_service_of(instance, options_.default_port);
  if (address.host != instance.host && !options_.foreign_hosts) {
    throw core::NotAsked(
        {ErrorKind::invalid_data,
         fmt::format("its MetadataService is said to be at {}, which is not its address and so was "
                     "not asked; --allow-foreign-hosts asks it",
                     core::host_port(address.host, address.port))});
  }
  const core::PodPort pod{instance.ns, instance.pod, address.host, address.port};
  const std::string revision(instance.metadata->revision());
  return {ask_for_metadata(dialer_, pod, address, revision, deadline), address.url()};
}

}  // namespace podreg::rpc
