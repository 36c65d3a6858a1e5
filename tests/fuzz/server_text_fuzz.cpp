// Feeds small texts of other programs with anything: a Status of the API server (JSON or protobuf),
// the answer of a credential plugin, a consumer's cache file, a date. The first byte
// chooses.
#include "core/error.h"
#include "core/mapping_cache_file.h"
#include "core/timestamp.h"
#include "k8s/exec_credential.h"
#include "k8s/failed_answer.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

void read(unsigned choice, const std::string& text) {
  switch (choice % 5) {
    case 0:
      podreg::k8s::read_status("application/json", text);
      break;
    case 1:
      podreg::k8s::read_status("application/vnd.kubernetes.protobuf", text);
      break;
    case 2:
      podreg::k8s::read_exec_answer(text, "client.authentication.k8s.io/v1", "plugin");
      break;
    case 3:
      podreg::core::parse_mapping_cache(text);
      break;
    default:
      podreg::core::parse_timestamp(text);
      break;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  try {
    read(input.choice, std::string(input.bytes));
  } catch (const podreg::core::Error&) {  // as it should be
  }
  return 0;
}
