#include "rpc/descriptor.h"

#include <unistd.h>

namespace podreg::rpc {

Descriptor::~Descriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace podreg::rpc
