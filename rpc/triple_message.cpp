#include "rpc/triple_message.h"

namespace podreg::rpc {

std::string TripleResponse::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

bool TripleResponse::is_grpc() const {
  return header("content-type").starts_with("application/grpc");
}

}  // namespace podreg::rpc
