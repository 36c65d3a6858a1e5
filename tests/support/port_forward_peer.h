// The server's side of a port-forward: WebSocket with v4.channel.k8s.io, byte by byte.
#pragma once

#include <openssl/evp.h>

#include <array>
#include <string>

#include "core/base64.h"
#include "tests/support/raw_server.h"

namespace podreg::tests {

inline std::string header_of(const std::string& request, const std::string& name) {
  const auto begin = request.find("\r\n" + name + ": ") + name.size() + 4;
  return request.substr(begin, request.find("\r\n", begin) - begin);
}

// Answers the request of a port-forward as an API server that agrees.
inline void upgrade(Peer& peer, const std::string& request,
                    const std::string& protocol = "v4.channel.k8s.io") {
  const std::string text =
      header_of(request, "Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  std::array<unsigned char, 20> digest{};
  EVP_Digest(text.data(), text.size(), digest.data(), nullptr, EVP_sha1(), nullptr);
  peer.write(
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: " +
      core::encode_base64({digest.begin(), digest.end()}) +
      "\r\nSec-WebSocket-Protocol: " + protocol + "\r\n\r\n");
}

// A frame of a server, whose payload is shorter than 64 KiB: `first` is FIN and the opcode.
inline std::string websocket_frame(char first, const std::string& payload) {
  const auto size = payload.size();
  std::string frame(1, first);
  if (size < 126) {
    frame += static_cast<char>(size);
  } else {
    frame += '\x7e';
    frame += static_cast<char>(size >> 8);
    frame += static_cast<char>(size & 0xff);
  }
  return frame + payload;
}

// A message to the reader: a channel, then what it carries.
inline std::string channel_message(char channel, const std::string& content) {
  return websocket_frame('\x82', channel + content);
}

// What names the port, 20880, on both channels.
inline std::string port_names() {
  return channel_message(0, "\x90\x51") + channel_message(1, "\x90\x51");
}

// The payload of a client's frame that is shorter than 64 KiB, unmasked; empty when it has gone.
inline std::string read_websocket_frame(Peer& peer) {
  const std::string head = peer.read_exactly(2);
  if (head.empty()) return {};
  std::size_t size = static_cast<unsigned char>(head[1]) & 0x7fU;
  if (size == 126) {
    const std::string length = peer.read_exactly(2);
    size = static_cast<std::size_t>(static_cast<unsigned char>(length.at(0))) << 8 |
           static_cast<unsigned char>(length.at(1));
  }
  const std::string mask = peer.read_exactly(4);
  std::string payload = size == 0 ? std::string() : peer.read_exactly(size);
  for (std::size_t i = 0; i < payload.size(); ++i) {
    payload[i] = static_cast<char>(payload[i] ^ mask.at(i % 4));
  }
  return payload;
}

}  // namespace podreg::tests
