// The body of an answer on its way from libcurl, which passes pieces in, to who reads it.
//
// Bounded: what nobody reads has to wait, what is larger than was asked for or unpacks to far more
// than arrived is refused. Belongs to one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace podreg::k8s {

// How many times as large as what arrived a large body may be. JSON of 20,000 pods that are alike
// is not a hundred times as large; gzip's most is a thousand times.
inline constexpr std::uint64_t kMostUnpacked = 500;

// Bytes that libcurl reads at once of what may be compressed: what gzip makes of one such buffer,
// at most a thousand times as much, libcurl keeps while nobody reads.
inline constexpr long kCompressedReadBuffer = 16L << 10;

class BodyBuffer {
 public:
  // Bodies larger than `largest` bytes are refused.
  explicit BodyBuffer(std::uint64_t largest) : largest_(largest) {}

  enum class Taken {
    yes,
    later,    // nobody has read what is there: libcurl is to keep it
    refused,  // from then on all else is as well
  };
  // `on_wire` is how many bytes of the body libcurl has counted, before they were unpacked.
  Taken put(std::string_view bytes, std::uint64_t on_wire);

  // For who cannot take a piece for another reason: a body must not go on behind a hole.
  void refuse() { refused_ = true; }

  // What has arrived since it was asked last; valid until it is asked again.
  std::string_view take();
  // Gives back what take() passed.
  void drop_taken() { reading_.clear(); }

  bool empty() const { return arrived_.empty(); }

  // Whether libcurl keeps something. While it passes that once more, more of it is taken at once.
  bool paused() const { return paused_; }
  void begin_resuming() {
    paused_ = false;
    resuming_ = true;
  }
  void end_resuming() { resuming_ = false; }

  std::uint64_t received() const { return received_; }  // bytes, unpacked
  std::uint64_t largest() const { return largest_; }
  bool too_large() const { return too_large_; }
  bool is_bomb() const { return is_bomb_; }

 private:
  bool unpacks_to_too_much(std::size_t more, std::uint64_t on_wire) const;

  std::string arrived_;  // that nobody has read yet
  std::string reading_;  // the piece that take() passed last
  std::uint64_t received_ = 0;
  std::uint64_t largest_;
  bool refused_ = false;
  bool too_large_ = false;
  bool is_bomb_ = false;
  bool paused_ = false;
  bool resuming_ = false;
};

}  // namespace podreg::k8s
