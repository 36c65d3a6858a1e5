// Generic calls over the dubbo protocol.
#pragma once

#include <memory>
#include <string>

#include "rpc/dubbo_client.h"
#include "rpc/invoker.h"

namespace podreg::rpc {

// The request that $invoke takes, apart from the attachments that the user gives.
DubboRequest generic_request(const GenericCall& call);

class DubboInvoker final : public Invoker {
 public:
  DubboInvoker(std::unique_ptr<core::Stream> stream, GenericCall call,
               const InvokerOptions& options);

  CallAnswer call(core::Deadline deadline) override;

 private:
  GenericCall call_;
  hessian2::JsonOptions json_;
  std::string body_;  // of the request
  DubboClient client_;
};

}  // namespace podreg::rpc
