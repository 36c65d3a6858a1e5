// Feeds what changes a registration in a snapshot's text with anything: where it does change one,
// the pod reads as it was told to, and undoing it gives the same registration back.
#include "core/error.h"
#include "k8s/object_reader.h"
#include "k8s/snapshot_edit.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/support/piecewise_source.h"

namespace {

using podreg::core::Pod;

std::optional<Pod> first_pod(const std::string& text, bool yaml) {
  std::optional<Pod> found;
  podreg::k8s::ObjectSink sink;
  sink.whole_pod = [&](Pod&& pod, std::size_t) { found = std::move(pod); };
  podreg::tests::PiecewiseSource source(text, 256);
  if (yaml) {
    podreg::k8s::read_yaml(source, "fuzz.yaml", sink);
  } else {
    podreg::k8s::read_json(source, "fuzz.json", "", sink);
  }
  return found;
}

void edit(const std::string& text, bool yaml) {
  const auto pod = first_pod(text, yaml);
  if (!pod) return;
  const auto* name = yaml ? "fuzz.yaml" : "fuzz.json";
  const auto edited = podreg::k8s::edit_text(text, name, {*pod, R"({"a":"b"})"});
  const auto now = first_pod(edited.text, yaml);
  podreg::fuzz::must(now && now->annotation == R"({"a":"b"})");
  podreg::fuzz::must(now->name == pod->name && now->labels == pod->labels);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  try {
    edit(std::string(input.bytes), (input.choice & 1U) != 0);
  } catch (const podreg::core::Error&) {  // as it should be
  }
  return 0;
}
