// Generic calls over the dubbo protocol.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "rpc/dubbo_client.h"
#include "rpc/invoker.h"

namespace podreg::rpc {

// A request to the service of the call, without a method. `marks` are attachments, too, and stand
// behind those that name path and interface, as Dubbo writes them.
DubboRequest request_to(const GenericCall& call,
                        const std::vector<std::pair<std::string, std::string>>& marks = {});

// The request that $invoke takes.
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
