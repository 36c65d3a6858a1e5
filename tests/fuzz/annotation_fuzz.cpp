// Feeds what reads registrations with anything: the annotation itself, the JSON texts in it, and
// what is made of them (endpoints, the address of the MetadataService). All keys can be found.
#include <memory>

#include "core/discovery.h"
#include "core/error.h"
#include "core/metadata_service.h"
#include "core/url_derivation.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace podreg::core;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto registration = Registration::read(text);
  podreg::fuzz::must(registration.metadata == nullptr || registration.error.empty());
  if (!registration.metadata) return 0;
  const Metadata& metadata = *registration.metadata;
  for (std::size_t i = 0; i < metadata.size(); ++i)
    podreg::fuzz::must(metadata.find(metadata.entry(i).key) == metadata.entry(i).value);
  for (const auto& endpoint : metadata.endpoints())
    podreg::fuzz::must(endpoint.port >= 0 && endpoint.port < 65536);
  try {
    const Instance instance{"shop", "demo", "10.0.0.1", 20880, "shop-0", "", registration.metadata};
    const auto address = metadata_service_of(instance, std::nullopt);
    podreg::fuzz::must(address.protocol == "dubbo" || address.protocol == "tri");
  } catch (const Error&) {  // as it should be
  }
  return 0;
}
