// The provider's side of the dubbo protocol, as far as tests need it.
#pragma once

#include <functional>
#include <string>

#include "rpc/dubbo_message.h"
#include "rpc/hessian2_writer.h"
#include "tests/support/raw_server.h"

namespace podreg::rpc {

// The status and the body of an answer.
struct DubboReply {
  int status = kStatusOk;
  std::string body;
};

// Answers heartbeats, and each request with what `reply` says, as long as frames of dubbo come and
// there is a reply: one without a body ends the connection.
inline void speak_dubbo(tests::Peer& peer, const std::function<DubboReply()>& reply) {
  DubboFrameReader reader;
  for (;;) {
    while (auto frame = reader.next()) {
      DubboFrame answer = answer_to_heartbeat(*frame);
      if (!frame->event) {
        answer.event = false;
        const auto [status, body] = reply();
        if (body.empty()) return;
        answer.status = status;
        answer.body = body;
      }
      peer.write(encode(answer));
    }
    const auto bytes = peer.read_some(4096);
    if (bytes.empty()) return;
    if (!bytes.starts_with("\xda\xbb")) return peer.wait_for_end();  // silent, as Dubbo is
    reader.feed(bytes);
  }
}

// The message of another status than kStatusOk.
inline std::string said(const std::string& message) {
  hessian2::Writer writer;
  writer.string(message);
  return writer.take();
}

}  // namespace podreg::rpc
