// What is left in memory of tokens, keys and passwords once they are not needed any more.
#pragma once

#include <cstddef>

namespace podreg::k8s {

// While one exists, memory is overwritten when it is given back, whoever does: texts of ours,
// libraries that parse YAML and JSON, OpenSSL. For where secrets are read, not where large lists
// are. Needs glibc (mallopt(3), M_PERTURB); elsewhere nothing is overwritten. May be used from any
// thread; then memory of other threads is overwritten, too.
class WipedMemory {
 public:
  WipedMemory();
  ~WipedMemory();
  WipedMemory(const WipedMemory&) = delete;
  WipedMemory& operator=(const WipedMemory&) = delete;
};

// malloc(3) and its kin for who keeps secrets for longer: what they give back is always
// overwritten.
void* wiping_realloc(void* block, std::size_t size);
void wiping_free(void* block);

}  // namespace podreg::k8s
