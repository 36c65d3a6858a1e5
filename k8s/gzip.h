// Compressed text: gzip (RFC 1952), as `gzip` and HTTP make it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/streams.h"
#include "k8s/byte_source.h"

struct z_stream_s;

namespace podreg::k8s {

// Whether the beginning of a file says that it is compressed.
bool is_gzip(std::string_view beginning);

// What a compressed source holds; several gzip files one behind another hold their texts together.
// Source and name must outlive it. Not thread safe.
class GzipSource final : public ByteSource {
 public:
  GzipSource(ByteSource& compressed, const std::string& name);
  ~GzipSource() override;
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  // Throws what the source throws, and Error(invalid_data) naming `name` when it is damaged or ends
  // too early.
  std::string_view next() override;

 private:
  bool refill();

  static constexpr std::size_t kBlockBytes = std::size_t{128} << 10;

  ByteSource& compressed_;
  const std::string& name_;
  std::unique_ptr<z_stream_s> stream_;
  std::string block_;
  bool within_ = false;  // a gzip file has begun and has not ended
};

// The text, decompressed when it is compressed. Throws as GzipSource does.
std::string decompressed(std::string text, const std::string& name);

// Compresses what is written to it; the same text gives the same bytes. The sink must outlive it.
// Not thread safe.
class GzipSink final : public core::TextSink {
 public:
  explicit GzipSink(core::TextSink& sink);
  ~GzipSink() override;
  GzipSink(const GzipSink&) = delete;
  GzipSink& operator=(const GzipSink&) = delete;

  // Both throw what the sink throws.
  void write(std::string_view text) override;
  // Ends the compressed text; to be called once, at the end.
  void flush() override;

 private:
  void deflate_all(std::string_view text, int flush);

  core::TextSink& sink_;
  std::unique_ptr<z_stream_s> stream_;
  std::string block_;
};

}  // namespace podreg::k8s
