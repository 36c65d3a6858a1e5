// The body of an answer that comes in chunks, for who has no HTTP client at hand.
//
// Format: RFC 9112, section 7.1; extensions and trailers are passed over.
#pragma once

#include <string>
#include <string_view>

namespace podreg::k8s {

struct ChunkedBody {
  std::string bytes;   // of the chunks so far
  bool ended = false;  // the last chunk was there, or what is no chunk
};

// What is in the first bytes of such a body; they may be cut anywhere.
ChunkedBody read_chunked(std::string_view text);

}  // namespace podreg::k8s
