// Feeds the reader of kubeconfigs with anything: it has to read or refuse it. Each name then stands
// once, and merging a kubeconfig into itself changes nothing.
#include "core/error.h"
#include "k8s/kubeconfig.h"
#include "tests/fuzz/fuzz_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using podreg::k8s::parse_kubeconfig;
  const std::string text(reinterpret_cast<const char*>(data), size);
  try {
    auto config = parse_kubeconfig(text, "/home/ann/config");
    const auto users = config.users.size();
    merge_kubeconfig(config, parse_kubeconfig(text, "/home/ann/config"));
    podreg::fuzz::must(config.users.size() == users);
    for (const auto& user : config.users)
      podreg::fuzz::must(find_entry(config.users, user.name) == &user);
  } catch (const podreg::core::Error&) {  // as it should be
  }
  return 0;
}
