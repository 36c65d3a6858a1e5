// Calls over the triple protocol: generic ones in TripleRequestWrapper, or in JSON.
//
// Format: Dubbo 3.2.6, triple_wrapper.proto and org.apache.dubbo.rpc.protocol.tri. Attachments are
// headers. What a method threw comes with the header tri-exception-code, as a value like a result,
// or as a gRPC status with its stack in grpc-status-details-bin (google.rpc.Status with DebugInfo).
#pragma once

#include <memory>
#include <string>

#include "rpc/invoker.h"
#include "rpc/triple_client.h"

namespace podreg::rpc {

// The headers that name group and version of the service.
void add_service_headers(const GenericCall& call, TripleRequest& request);

class TripleInvoker final : public Invoker {
 public:
  TripleInvoker(std::unique_ptr<core::Stream> stream, GenericCall call,
                const InvokerOptions& options);

  CallAnswer call(core::Deadline deadline) override;

 private:
  GenericCall call_;
  InvokerOptions options_;
  TripleRequest request_;
  TripleClient client_;
};

}  // namespace podreg::rpc
