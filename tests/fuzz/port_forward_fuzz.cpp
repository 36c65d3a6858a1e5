// Feeds the frames of a port-forward with anything: the same has to come out however the bytes are
// cut, and no more than went in.
#include <openssl/rand.h>

#include <string>
#include <utility>

#include "k8s/port_forward_frames.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

// What the reader sees. When and how a close frame with broken text in it ends the stream depends
// on how wslay gets it.
std::pair<std::string, std::string> outcome(std::string_view bytes, std::size_t piece) {
  const podreg::fuzz::MemoryWatch memory;
  podreg::k8s::PortForwardFrames frames;
  podreg::fuzz::for_each_piece(bytes, piece, [&](std::string_view part) { frames.feed(part); });
  podreg::fuzz::must(frames.from_pod().size() <= bytes.size());
  // A ping of two bytes has a pong of six.
  podreg::fuzz::must(frames.to_server().size() <= 3 * bytes.size() + 200);
  memory.check(bytes, 12);
  const bool broken = frames.reason().starts_with("the API server's WebSocket frames");
  return {frames.from_pod(), broken ? std::string() : frames.reason()};
}

}  // namespace

// What OpenSSL keeps from its first random bytes on is none of an input's memory.
extern "C" int LLVMFuzzerInitialize(int* /*argc*/, char*** /*argv*/) {
  unsigned char byte = 0;
  podreg::fuzz::must(RAND_bytes(&byte, 1) == 1);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  podreg::fuzz::must(outcome(input.bytes, size) ==
                     outcome(input.bytes, std::size_t{1} + input.choice));
  return 0;
}
