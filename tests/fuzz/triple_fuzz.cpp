// Answers a triple request with anything: the exchange has to end with a response or an error, the
// same however the bytes are cut.
#include <sys/socket.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include "core/error.h"
#include "rpc/descriptor.h"
#include "rpc/grpc.h"
#include "rpc/triple_client.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

using podreg::rpc::Descriptor;

constexpr std::size_t kLargestBody = 4096;
constexpr std::size_t kMostPieces = 64;  // that a socket holds before anybody reads

class FuzzStream final : public podreg::core::Stream {
 public:
  explicit FuzzStream(int socket) : socket_(socket) {}
  int descriptor() const override { return socket_.get(); }
  std::string reason() const override { return {}; }

 private:
  Descriptor socket_;
};

std::string exchange_over(std::unique_ptr<podreg::core::Stream> stream) {
  podreg::rpc::TripleRequest request;
  request.authority = "10.0.0.1:50051";
  request.path = "/x.A/echo";
  request.content_type = podreg::rpc::kGrpcContentType;
  request.body = podreg::rpc::grpc_message("hello");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(500);
  std::string seen;
  try {
    const auto response =
        podreg::rpc::TripleClient(std::move(stream), kLargestBody).exchange(request, deadline);
    podreg::fuzz::must(response.body.size() <= kLargestBody);
    seen = std::to_string(response.status);
    for (const auto& [name, value] : response.headers) seen += "\n" + name + ": " + value;
    seen += "\n\n" + response.body + "\n\n";
    seen += podreg::rpc::grpc_answer(response);
  } catch (const podreg::core::Error& error) {
    seen += error.what();
  }
  return seen;
}

// Each piece is a packet of its own, and received as such. What follows the last byte is the end.
std::string outcome(std::string_view bytes, std::size_t piece) {
  int pair[2] = {-1, -1};
  podreg::fuzz::must(
      ::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, pair) == 0);
  auto ours = std::make_unique<FuzzStream>(pair[0]);
  const Descriptor theirs(pair[1]);
  podreg::fuzz::for_each_piece(bytes, piece, [&](std::string_view part) {
    podreg::fuzz::must(::send(theirs.get(), part.data(), part.size(), MSG_NOSIGNAL) >= 0);
  });
  ::shutdown(theirs.get(), SHUT_WR);
  return exchange_over(std::move(ours));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  const auto whole = outcome(input.bytes, size);
  const std::size_t piece =
      std::max<std::size_t>(std::size_t{1} + input.choice, size / kMostPieces + 1);
  const auto cut = outcome(input.bytes, piece);
  const std::string late = "no answer in time";  // the peer reads nothing, and takes only so much
  podreg::fuzz::must(whole == cut || whole.ends_with(late) || cut.ends_with(late));
  return 0;
}
