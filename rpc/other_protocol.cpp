#include "rpc/other_protocol.h"

namespace podreg::rpc {

std::string_view spoken_protocol(std::string_view bytes) {
  if (bytes.starts_with("HTTP/1")) return "HTTP/1";
  if (bytes.starts_with("\x16\x03") || bytes.starts_with("\x15\x03")) return "TLS";
  if (bytes.starts_with("\xda\xbb")) return "dubbo";
  // A SETTINGS frame, which is shorter than 256 bytes.
  const bool settings = bytes.size() >= 4 && bytes[3] == 4 && bytes[0] == 0 && bytes[1] == 0;
  return settings ? "HTTP/2" : "";
}

std::string_view other_protocol(std::string_view bytes) {
  const auto spoken = spoken_protocol(bytes);
  if (spoken == "HTTP/1") return "; it answers in HTTP/1";
  if (spoken == "TLS") return "; it speaks TLS";
  if (spoken == "dubbo") return "; it speaks dubbo";
  return spoken == "HTTP/2" ? "; it speaks HTTP/2, as triple does" : "";
}

}  // namespace podreg::rpc
