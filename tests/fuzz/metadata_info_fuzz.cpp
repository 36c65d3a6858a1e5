// Feeds the reader of MetadataInfo in JSON with anything. What it reads is written so that it is
// read as the same again, with the same revision.
#include "core/error.h"
#include "core/metadata_info.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using podreg::core::MetadataInfo;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    podreg::core::parse_metadata_file(text);
    const auto info = MetadataInfo::parse(text);
    const auto again = MetadataInfo::parse(info.to_json());
    podreg::fuzz::must(again.to_json() == info.to_json());
    podreg::fuzz::must(again.compute_revision() == info.compute_revision());
  } catch (const podreg::core::Error&) {  // as it should be
  }
  return 0;
}
