#include "k8s/websocket_handshake.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <charconv>
#include <new>

#include "core/ascii.h"
#include "core/base64.h"
#include "core/error.h"
#include "core/short_text.h"

namespace podreg::k8s {
namespace {

constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

std::string accept_of(const std::string& key) {
  const std::string text = key + std::string(kGuid);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
  return core::encode_base64({digest.begin(), digest.begin() + size});
}

}  // namespace

std::string websocket_key() {
  std::array<unsigned char, 16> bytes{};
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) throw std::bad_alloc();
  return core::encode_base64({bytes.begin(), bytes.end()});
}

std::string to_text(const WebsocketRequest& request) {
  std::string text = fmt::format(
      "GET {} HTTP/1.1\r\nHost: {}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {}\r\nSec-WebSocket-Protocol: {}\r\n",
      request.target, request.host, request.key, request.protocol);
  for (const auto& [name, value] : request.headers) text += fmt::format("{}: {}\r\n", name, value);
  return text + "\r\n";
}

std::string WebsocketAnswer::header(std::string_view name) const {
  return header_value(headers, name);
}

WebsocketAnswer parse_answer(std::string_view head, std::string_view server) {
  WebsocketAnswer answer;
  const auto line = head.substr(0, head.find('\n'));
  const auto code = line.starts_with("HTTP/1.") ? line.substr(std::min(line.size(), std::size_t{9}))
                                                : std::string_view();
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), answer.status);
  if (error != std::errc{} || answer.status < 100 || answer.status > 999) {
    throw core::Error(core::ErrorKind::invalid_data,
                      fmt::format("the API server at {} does not answer in HTTP/1", server));
  }
  for (head.remove_prefix(line.size()); !head.empty();) {
    head.remove_prefix(1);  // '\n'
    const auto field = head.substr(0, head.find('\n'));
    const auto colon = field.find(':');
    if (colon != std::string_view::npos) {
      answer.headers.emplace_back(core::trimmed(field.substr(0, colon)),
                                  core::trimmed(field.substr(colon + 1)));
    }
    head.remove_prefix(field.size());
  }
  return answer;
}

std::string misfit(const WebsocketRequest& request, const WebsocketAnswer& answer) {
  if (answer.header("Sec-WebSocket-Accept") != accept_of(request.key)) {
    return "its Sec-WebSocket-Accept is not that of the request";
  }
  if (const auto protocol = answer.header("Sec-WebSocket-Protocol"); protocol != request.protocol) {
    return fmt::format("it speaks \"{}\" instead of {}", core::short_text(protocol),
                       request.protocol);
  }
  return {};
}

}  // namespace podreg::k8s
