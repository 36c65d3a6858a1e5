// Compresses as HTTP's gzip does.
#pragma once

#include <zlib.h>

#include <stdexcept>
#include <string>

namespace podreg::tests {

// With Z_RLE as strategy a text of one character takes no time.
inline std::string gzip(const std::string& text, int strategy = Z_DEFAULT_STRATEGY) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  if (deflateInit2(&stream, 9, Z_DEFLATED, kGzipWindow, 8, strategy) != Z_OK) {
    throw std::runtime_error("zlib cannot begin");
  }
  std::string compressed(deflateBound(&stream, text.size()), '\0');
  std::string input = text;
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  const int result = deflate(&stream, Z_FINISH);
  compressed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("zlib cannot end");
  return compressed;
}

}  // namespace podreg::tests
