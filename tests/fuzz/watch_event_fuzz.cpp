// Fuzzes what reads the events of a watch: lines from pieces, an event from a line, an object from
// an event.
#include <cstdint>
#include <string_view>

#include "core/error.h"
#include "k8s/object_stores.h"
#include "k8s/watch_event.h"
#include "tests/support/piecewise_source.h"

namespace {

void read_line(std::string_view line) {
  using podreg::k8s::WatchEvent;
  try {
    const WatchEvent event = podreg::k8s::parse_watch_event(line, "fuzz");
    if (event.type == WatchEvent::Type::error || event.type == WatchEvent::Type::bookmark) return;
    podreg::k8s::PodObjects pods;
    podreg::tests::PiecewiseSource object(event.object, 64);
    podreg::k8s::read_json(object, "fuzz", "Pod", pods.put());
  } catch (const podreg::core::Error&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  podreg::k8s::EventLines lines;
  const std::size_t half = size / 2;
  for (const std::string_view piece : {text.substr(0, half), text.substr(half)}) {
    lines.feed(piece);
    while (const auto line = lines.next("fuzz")) read_line(*line);
  }
  return 0;
}
