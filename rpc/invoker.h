// Calls of one method over one connection, by the protocol of its URL: what a DubboInvoker and a
// TripleInvoker of Dubbo do.
#pragma once

#include <memory>
#include <string>

#include "core/dialer.h"
#include "rpc/generic_call.h"
#include "rpc/hessian2_json.h"

namespace podreg::rpc {

// One call after the other. Not thread safe.
class Invoker {
 public:
  virtual ~Invoker() = default;

  // Calls, and waits for the outcome. Throws Error: unreachable when the connection ends or nothing
  // comes in time, what refusal() says, invalid_data for an answer that cannot be read. Only after
  // what a provider said itself, not_found or usage, it can be called again.
  virtual CallAnswer call(core::Deadline deadline) = 0;
};

// What a call travels in over tri; over dubbo it is always hessian2.
enum class TripleBody {
  hessian2,  // a generic call in TripleRequestWrapper, which 3.2 and 3.3 understand
  json,      // the arguments as JSON, which 3.3 understands
};

struct InvokerOptions {
  hessian2::JsonOptions json;
  TripleBody triple_body = TripleBody::hessian2;
  std::string authority;  // host:port of the provider, which tri names
};

// Whether there is an invoker for URLs of this protocol.
bool can_invoke(const std::string& protocol);

// Throws Error(usage) for arguments that cannot be sent. The protocol is one that can_invoke().
std::unique_ptr<Invoker> make_invoker(const std::string& protocol,
                                      std::unique_ptr<core::Stream> stream, GenericCall call,
                                      const InvokerOptions& options);

}  // namespace podreg::rpc
