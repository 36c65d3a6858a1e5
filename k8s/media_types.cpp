#include "k8s/media_types.h"

#include "core/ascii.h"

namespace podreg::k8s {

std::string media_type(std::string_view content_type) {
  auto type = core::ascii_lower(content_type.substr(0, content_type.find(';')));
  std::erase(type, ' ');
  return type;
}

}  // namespace podreg::k8s
