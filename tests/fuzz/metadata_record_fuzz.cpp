// Feeds the reader of records of the cache on disk with anything. What it reads is written so that
// it is read as the same again; without its parameters the revision is the same.
#include "core/metadata_record.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using podreg::core::RecordParts;
  using podreg::fuzz::must;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto record = podreg::core::read_record(text, RecordParts::everything);
  const auto outline = podreg::core::read_record(text, RecordParts::without_parameters);
  must(record.has_value() == outline.has_value());
  if (!record || !outline) return 0;
  must(record->revision == outline->revision);
  const auto written = podreg::core::write_record(record->info);
  must(written.has_value());
  const auto again = podreg::core::read_record(*written, RecordParts::everything);
  must(again.has_value());
  must(again->info.to_json() == record->info.to_json());
  must(again->revision == record->info.compute_revision());
  return 0;
}
