#include "k8s/gzip.h"

#include <zlib.h>

#include <new>

#include "core/error.h"
#include "k8s/read_errors.h"
#include "k8s/splice.h"

namespace podreg::k8s {
namespace {

// Of zlib: the largest window, with gzip's header and trailer.
constexpr int kGzipWindow = MAX_WBITS + 16;
constexpr int kMemoryLevel = 8;
constexpr std::size_t kOutputBytes = std::size_t{64} << 10;

// zlib does not change its input.
Bytef* bytes_of(std::string_view text) {
  return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text.data()));  // NOLINT
}

Bytef* bytes_of(std::string& text) { return reinterpret_cast<Bytef*>(text.data()); }  // NOLINT

}  // namespace

bool is_gzip(std::string_view beginning) { return beginning.starts_with("\x1f\x8b"); }

GzipSource::GzipSource(ByteSource& compressed, const std::string& name)
    : compressed_(compressed),
      name_(name),
      stream_(std::make_unique<z_stream>()),
      block_(kBlockBytes, '\0') {
  if (inflateInit2(stream_.get(), kGzipWindow) != Z_OK) throw std::bad_alloc();
}

GzipSource::~GzipSource() { inflateEnd(stream_.get()); }

// False when there is nothing more.
bool GzipSource::refill() {
  if (stream_->avail_in > 0) return true;
  const auto piece = compressed_.next();
  stream_->next_in = bytes_of(piece);
  stream_->avail_in = static_cast<uInt>(piece.size());
  return !piece.empty();
}

std::string_view GzipSource::next() {
  for (;;) {
    if (!refill()) {
      if (!within_) return {};
      throw unreadable(name_, "ends in the middle of its compressed text", "");
    }
    within_ = true;
    stream_->next_out = bytes_of(block_);
    stream_->avail_out = static_cast<uInt>(block_.size());
    const int result = inflate(stream_.get(), Z_NO_FLUSH);
    if (result == Z_MEM_ERROR) throw std::bad_alloc();
    if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
      throw unreadable(name_, "is not valid gzip", "");
    }
    if (result == Z_STREAM_END) {
      within_ = false;
      inflateReset(stream_.get());
    }
    const std::size_t size = block_.size() - stream_->avail_out;
    if (size > 0) return {block_.data(), size};
  }
}

std::string decompressed(std::string text, const std::string& name) {
  if (!is_gzip(text)) return text;
  PieceSource compressed({text});
  GzipSource source(compressed, name);
  std::string result;
  for (auto piece = source.next(); !piece.empty(); piece = source.next()) result += piece;
  return result;
}

GzipSink::GzipSink(core::TextSink& sink)
    : sink_(sink), stream_(std::make_unique<z_stream>()), block_(kOutputBytes, '\0') {
  if (deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
}

GzipSink::~GzipSink() { deflateEnd(stream_.get()); }

void GzipSink::write(std::string_view text) { deflate_all(text, Z_NO_FLUSH); }

void GzipSink::flush() {
  deflate_all({}, Z_FINISH);
  sink_.flush();
}

void GzipSink::deflate_all(std::string_view text, int flush) {
  stream_->next_in = bytes_of(text);
  stream_->avail_in = static_cast<uInt>(text.size());
  do {
    stream_->next_out = bytes_of(block_);
    stream_->avail_out = static_cast<uInt>(block_.size());
    deflate(stream_.get(), flush);
    sink_.write(std::string_view(block_).substr(0, block_.size() - stream_->avail_out));
  } while (stream_->avail_out == 0);
}

}  // namespace podreg::k8s
