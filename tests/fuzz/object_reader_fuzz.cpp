// Feeds read_json and read_yaml with anything: they have to read or refuse it, within bounds, and
// alike however the bytes are cut into pieces; and a snapshot of what they read has the same
// objects. The first byte of the input chooses the format (its lowest bit: 0 JSON, 1 YAML) and the
// size of the pieces.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/error.h"
#include "k8s/object_collection.h"
#include "k8s/object_writer.h"
#include "output/text_keeper.h"
#include "tests/support/read_objects.h"

namespace {

using podreg::tests::Format;

// Everything that a caller would see, as text; of a refusal only that it was one, because what of
// several faults is found first may depend on the pieces.
std::string outcome(Format format, std::string_view bytes, std::size_t piece) {
  std::string seen;
  try {
    for (const auto& line : podreg::tests::read_objects(format, bytes, piece, "Pod").lines) {
      seen.append(line).append("\n");
    }
  } catch (const podreg::core::Error&) {
    seen = "refused";
  }
  return seen;
}

podreg::core::RegistryObjects objects_of(Format format, std::string_view bytes) {
  podreg::k8s::ObjectCollection collection({});
  podreg::tests::PiecewiseSource source(bytes, bytes.size() + 1);
  const auto sink = collection.sink();
  if (format == Format::json) {
    podreg::k8s::read_json(source, "file", "Pod", sink);
  } else {
    podreg::k8s::read_yaml(source, "file", sink);
  }
  return collection.take();
}

std::string snapshot_of(const podreg::core::RegistryObjects& objects) {
  podreg::output::TextKeeper text;
  podreg::k8s::write_objects(objects, text);
  return text.take();
}

void check_snapshot(Format format, std::string_view bytes) {
  std::string snapshot;
  try {
    snapshot = snapshot_of(objects_of(format, bytes));
  } catch (const podreg::core::Error&) {
    return;  // as it should be
  }
  if (snapshot_of(objects_of(Format::json, snapshot)) != snapshot) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto format = (data[0] & 1U) == 0 ? Format::json : Format::yaml;
  const std::size_t piece = std::size_t{1} + (data[0] >> 1U);
  // libFuzzer's bytes are unsigned, a text's are not.
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (outcome(format, bytes, size) != outcome(format, bytes, piece)) std::abort();
  check_snapshot(format, bytes);
  return 0;
}
