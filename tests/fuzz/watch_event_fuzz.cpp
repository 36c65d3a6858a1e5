// Feeds what reads a watch with anything: lines from pieces, an event from a line, an object from
// an event. The same has to come out however the stream is cut; the last byte chooses the pieces.
#include <optional>
#include <string>
#include <string_view>

#include "core/error.h"
#include "k8s/object_reader.h"
#include "k8s/watch_event.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/read_objects.h"

namespace {

using podreg::k8s::WatchEvent;

std::string read_event(std::string_view line) {
  const WatchEvent event = podreg::k8s::parse_watch_event(line, "fuzz");
  podreg::fuzz::must(event.object.empty() || line.find(event.object) != std::string_view::npos);
  auto seen = std::to_string(static_cast<int>(event.type)) + event.resource_version + event.message;
  if (event.type == WatchEvent::Type::error || event.type == WatchEvent::Type::bookmark)
    return seen;
  for (const auto& object :
       podreg::tests::read_objects(podreg::tests::Format::json, event.object, 64, "Pod").lines) {
    seen += "\n" + object;
  }
  return seen;
}

// Everything that who watches would see, as text.
std::string outcome(std::string_view stream, std::size_t piece) {
  std::string seen;
  podreg::k8s::EventLines lines;
  podreg::fuzz::for_each_piece(stream, piece, [&](std::string_view part) {
    lines.feed(part);
    while (const auto line = lines.next("fuzz")) {
      try {
        seen += read_event(*line) + "\n";
      } catch (const podreg::core::Error& error) {
        seen += std::string(error.what()) + "\n";
      }
    }
  });
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  podreg::fuzz::must(outcome(input.bytes, size) == outcome(input.bytes, 1U + input.choice));
  return 0;
}
