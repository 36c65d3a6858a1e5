#include "rpc/invoker.h"

#include "rpc/dubbo_invoker.h"
#include "rpc/triple_invoker.h"

namespace podreg::rpc {

bool can_invoke(const std::string& protocol) { return protocol == "dubbo" || protocol == "tri"; }

std::unique_ptr<Invoker> make_invoker(const std::string& protocol,
                                      std::unique_ptr<core::Stream> stream, GenericCall call,
                                      const InvokerOptions& options) {
  if (protocol == "dubbo") {
    return std::make_unique<DubboInvoker>(std::move(stream), std::move(call), options);
  }
  return std::make_unique<TripleInvoker>(std::move(stream), std::move(call), options);
}

}  // namespace podreg::rpc
