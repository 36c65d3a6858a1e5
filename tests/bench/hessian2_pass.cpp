// How fast MetadataInfo is decoded: reads the body of a frame that a provider sent, over and over.
//
//     hessian2_pass FRAME SECONDS    prints bytes per second
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>

#include "rpc/dubbo_frame.h"
#include "rpc/hessian2_reader.h"

namespace {

namespace rpc = podreg::rpc;

std::string body_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  rpc::DubboFrameReader frames;
  frames.feed(std::string(std::istreambuf_iterator<char>(file), {}));
  const std::optional<rpc::DubboFrame> frame = frames.next();
  return frame ? frame->body : std::string();
}

void decode(const std::string& body) {
  rpc::hessian2::Document document;
  rpc::hessian2::Reader reader(body, document);
  while (!reader.at_end()) reader.read();
}

double bytes_per_second(const std::string& body, double at_least) {
  using Clock = std::chrono::steady_clock;
  constexpr int kAtOnce = 100;  // so that looking at the clock costs nothing
  const Clock::time_point start = Clock::now();
  double bytes = 0;
  for (;;) {
    for (int i = 0; i < kAtOnce; ++i) decode(body);
    bytes += static_cast<double>(body.size()) * kAtOnce;
    const std::chrono::duration<double> taken = Clock::now() - start;
    if (taken.count() >= at_least) return bytes / taken.count();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string body = body_of(argv[1]);
  if (body.empty()) return 1;
  std::printf("%.0f\n", bytes_per_second(body, std::strtod(argv[2], nullptr)));
  return 0;
}
