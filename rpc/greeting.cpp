#include "rpc/greeting.h"

#include <string>

#include "core/error.h"
#include "rpc/dubbo_message.h"
#include "rpc/other_protocol.h"
#include "rpc/socket_io.h"

namespace podreg::rpc {
namespace {

using namespace std::string_literals;

constexpr std::size_t kEnough = 16;  // bytes that tell what the other side speaks

// The preface of a client and empty SETTINGS (RFC 9113, 3.4).
const std::string& http2_preface() {
  static const std::string kPreface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"s + "\0\0\0\x04\0\0\0\0\0"s;
  return kPreface;
}

// The ClientHello of TLS 1.2 (RFC 5246, 7.4.1.2) with one cipher suite and no extension. Whoever
// speaks TLS answers with a ServerHello or an alert.
const std::string& client_hello() {
  static const std::string kHello = "\x16\x03\x01\0\x2d\x01\0\0\x29\x03\x03"s +
                                    std::string(32, '\x5a') + "\0\0\x02\xc0\x2f\x01\0"s;
  return kHello;
}

std::string_view answer_to(const std::string& greeting, core::Dialer& dialer,
                           const core::PodPort& target, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::string arrived;
  try {
    const auto stream = dialer.dial(target, deadline);
    write_all(stream->descriptor(), greeting, deadline);
    while (arrived.size() < kEnough) {
      const auto piece = read_some(stream->descriptor(), deadline);
      if (piece.empty()) break;
      arrived += piece;
      if (const auto spoken = spoken_protocol(arrived); !spoken.empty()) return spoken;
    }
  } catch (const core::Error&) {  // silent, or gone: what arrived has to tell
  }
  return spoken_protocol(arrived);
}

}  // namespace

std::string_view identify(core::Dialer& dialer, const core::PodPort& target,
                          std::chrono::milliseconds patience) {
  // To the preface a server of HTTP/1 answers, too. It must not be asked in its own way: a triple
  // port of Dubbo 3.3 takes HTTP/1 as well, and would be taken for something else when it is slow.
  for (const auto& greeting : {encode(heartbeat(1)), http2_preface(), client_hello()}) {
    if (const auto spoken = answer_to(greeting, dialer, target, patience); !spoken.empty()) {
      return spoken;
    }
  }
  return {};
}

}  // namespace podreg::rpc
