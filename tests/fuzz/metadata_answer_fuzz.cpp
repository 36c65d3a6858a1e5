// Feeds both readers of a MetadataInfo with anything: they have to read or refuse it, and what they
// read has a revision. The last byte chooses: even hessian2 (3.2), odd protobuf (3.3).
#include "core/error.h"
#include "rpc/hessian2_reader.h"
#include "rpc/metadata_answer.h"
#include "rpc/metadata_info_v2.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

podreg::core::MetadataInfo read(const podreg::fuzz::FuzzInput& input) {
  if ((input.choice & 1U) != 0) {
    const podreg::fuzz::MemoryWatch memory;
    auto info = podreg::rpc::metadata_info_of_v2(input.bytes);
    memory.check(input.bytes, 200);  // a service of two bytes
    return info;
  }
  podreg::rpc::hessian2::Document document;
  return podreg::rpc::metadata_info_of(podreg::rpc::hessian2::Reader(input.bytes, document).read());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const podreg::fuzz::FuzzInput input(data, size);
  try {
    const auto info = read(input);
    podreg::fuzz::must(info.compute_revision().size() == (info.services.empty() ? 1 : 32));
  } catch (const podreg::core::Error&) {  // as it should be
  }
  return 0;
}
