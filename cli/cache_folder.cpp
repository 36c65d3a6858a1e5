#include "cli/cache_folder.h"

namespace podreg::cli {

std::optional<std::string> cache_folder(const k8s::Environment& environment) {
  if (const auto cache = environment.text("XDG_CACHE_HOME"); cache.starts_with('/')) {
    return cache + "/podreg";
  }
  if (const auto home = environment.text("HOME"); home.starts_with('/')) {
    return home + "/.cache/podreg";
  }
  return std::nullopt;
}

std::optional<std::string> metadata_cache_folder(const k8s::Environment& environment) {
  const auto folder = cache_folder(environment);
  return folder ? std::optional(*folder + "/metadata") : std::nullopt;
}

}  // namespace podreg::cli
