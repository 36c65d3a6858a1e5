// Feeds the readers of URLs and selectors with anything: a registry URL, that of a consumer or
// provider, the target of --connect, a label selector. What a provider's URL is read as is written
// so that it is read as the same again.
#include "core/error.h"
#include "core/ip_address.h"
#include "core/label_selector.h"
#include "core/mapping.h"
#include "core/registry_url.h"
#include "core/service_url.h"
#include "tests/fuzz/fuzz_input.h"

namespace {

template <typename Read>
void refuse_or(const Read& read) {
  try {
    read();
  } catch (const podreg::core::Error&) {  // as it should be
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace podreg::core;
  const std::string text(reinterpret_cast<const char*>(data), size);
  refuse_or([&] {
    const auto url = RegistryUrl::parse(text);
    podreg::fuzz::must(!url.host.empty() && url.port > 0 && url.port < 65536);
    podreg::fuzz::must(url.server().starts_with("http"));
  });
  refuse_or([&] {
    const auto url = ServiceUrl::parse(text).to_string();
    podreg::fuzz::must(ServiceUrl::parse(url).to_string() == url);
  });
  refuse_or([&] { InterfaceQuery::parse(text); });
  refuse_or([&] { parse_host_port(text); });
  refuse_or([&] { LabelSelector::parse(text); });
  return 0;
}
