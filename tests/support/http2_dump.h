// HTTP/2 connections of the real Dubbo that were written down as text, frame by frame: a line
// "@91 HEADERS len=218 flags=0x04 stream=3", then the fields, or the bytes of DATA in hexadecimal.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/http2_stream.h"

namespace podreg::tests {

// One direction of a stream.
struct DumpedStream {
  std::vector<Http2Fields> headers;  // and trailers
  std::string data;

  std::string header(const std::string& name) const {
    for (const auto& fields : headers) {
      for (const auto& [key, value] : fields) {
        if (key == name) return value;
      }
    }
    return {};
  }
};

struct DumpedConnection {
  std::map<std::uint32_t, DumpedStream> requests;
  std::map<std::uint32_t, DumpedStream> responses;
};

inline std::string bytes_of_hex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

// "## golden/….c2s.bin …" begins what the client sent, "….s2c.bin" what the server answered.
inline DumpedConnection read_http2_dump(const std::string& dump) {
  DumpedConnection connection;
  auto* side = &connection.requests;
  DumpedStream* stream = nullptr;
  bool in_headers = false;
  std::istringstream lines(dump);
  for (std::string line; std::getline(lines, line);) {
    const auto text = line.substr(std::min(line.find_first_not_of(' '), line.size()));
    if (line.starts_with("## ")) {
      side = line.find(".s2c.") == std::string::npos ? &connection.requests : &connection.responses;
    } else if (line.starts_with("@")) {
      stream = &(*side)[static_cast<std::uint32_t>(
          std::stoul(line.substr(line.find("stream=") + std::string("stream=").size())))];
      in_headers = line.find(" HEADERS ") != std::string::npos;
      if (in_headers) stream->headers.emplace_back();
    } else if (text.starts_with("hex: ") && stream != nullptr) {
      stream->data += bytes_of_hex(text.substr(std::string("hex: ").size()));
    } else if (in_headers) {
      const auto colon = text.find(": ");
      stream->headers.back().emplace_back(text.substr(0, colon), text.substr(colon + 2));
    }
  }
  return connection;
}

}  // namespace podreg::tests
