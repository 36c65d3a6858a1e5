// Providers that tests play over the dubbo protocol.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "rpc/dubbo_frame.h"
#include "tests/support/golden_dubbo.h"
#include "tests/support/raw_server.h"

namespace podreg::cli {

// What a provider does with the request of this id.
using DubboAnswer = std::function<void(tests::Peer&, std::uint64_t id)>;

// Waits for one request, and answers it.
inline void serve_dubbo(tests::Peer& peer, const DubboAnswer& answer) {
  rpc::DubboFrameReader reader;
  for (auto bytes = peer.read_some(4096); !bytes.empty(); bytes = peer.read_some(4096)) {
    reader.feed(bytes);
    if (const auto request = reader.next()) return answer(peer, request->id);
  }
}

// A real provider's answer to getMetadataInfo: com.example.shop.OrderService of shop-order.
inline constexpr const char* kRecording = "metadata-3.2.6/dubbo-order-hessian2";

inline void answer_as_recorded(tests::Peer& peer, std::uint64_t id) {
  rpc::DubboFrameReader reader;
  reader.feed(tests::golden_dubbo(std::string(kRecording) + ".dubbo-1.s2c.bin"));
  auto frame = reader.next().value();
  frame.id = id;
  peer.write(encode(frame));
  peer.wait_for_end();
}

inline std::string recorded_revision() {
  return tests::golden_dubbo(std::string(kRecording) + ".revision.txt");
}

}  // namespace podreg::cli
