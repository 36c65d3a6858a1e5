#include "k8s/chunked_body.h"

#include <charconv>
#include <cstddef>

namespace podreg::k8s {

ChunkedBody read_chunked(std::string_view text) {
  constexpr std::string_view kEnd = "\r\n";
  ChunkedBody body;
  for (;;) {
    const auto line = text.find(kEnd);
    if (line == std::string_view::npos) return body;
    std::size_t size = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + line, size, 16);
    if (error != std::errc{} || size == 0) {
      body.ended = true;
      return body;
    }
    text.remove_prefix(line + kEnd.size());
    body.bytes.append(text.substr(0, size));
    if (text.size() < size || text.size() - size < kEnd.size()) return body;
    text.remove_prefix(size + kEnd.size());
  }
}

}  // namespace podreg::k8s
