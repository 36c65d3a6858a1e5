// Collects small pieces of text into large writes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/streams.h"

namespace podreg::output {

// Passes text on in chunks. What is still here when it is destroyed is lost: whoever is done calls
// flush, which may throw as write may. The sink that it writes to must outlive it. One thread only.
class ChunkedSink : public core::TextSink {
 public:
  explicit ChunkedSink(core::TextSink& sink) : sink_(sink) { chunk_.reserve(kChunkSize); }

  void write(std::string_view text) override {
    if (chunk_.size() + text.size() > kChunkSize) pass_on();
    if (text.size() > kChunkSize) {
      sink_.write(text);
    } else {
      chunk_ += text;
    }
  }

  void flush() override {
    pass_on();
    sink_.flush();
  }

 private:
  static constexpr std::size_t kChunkSize = 32 * std::size_t{1024};

  void pass_on() {
    if (!chunk_.empty()) sink_.write(chunk_);
    chunk_.clear();
  }

  core::TextSink& sink_;
  std::string chunk_;
};

}  // namespace podreg::output
