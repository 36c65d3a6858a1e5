// Feeds read_pod_list with anything: it has to read or refuse it, within bounds, and alike however
// the bytes are cut into pieces. The first byte of the input chooses the size of the pieces.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "core/error.h"
#include "k8s/pod_list.h"
#include "tests/support/piecewise_source.h"

namespace {

// Everything that a caller would see, as text.
std::string outcome(std::string_view bytes, std::size_t piece) {
  std::string seen;
  podreg::tests::PiecewiseSource source(bytes, piece);
  const podreg::core::PodSink sink = [&](const podreg::core::PodView& pod) {
    seen.append(pod.ns).append("/").append(pod.name).append("=");
    seen.append(pod.annotation.value_or("none"));
    for (const auto& [key, value] : *pod.labels)
      seen.append(",").append(key).append("=").append(value);
  };
  try {
    seen += podreg::k8s::read_pod_list(source, "input", true, sink).continue_token;
  } catch (const podreg::core::Error& error) {
    seen += error.what();
  }
  return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  // libFuzzer's bytes are unsigned, a text's are not.
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (outcome(bytes, size) != outcome(bytes, std::size_t{1} + data[0])) std::abort();
  return 0;
}
