// What is left in memory of tokens, keys and passwords once they are not needed any more.
#pragma once

#include <cstddef>

namespace podreg::k8s {

// While one exists, memory is overwritten when it is given back, whoever does: texts of ours,
// libraries that parse YAML and JSON, OpenSSL. For where secrets are read, not where large lists
// are. Blocks of malloc(3) from 1 KiB on need glibc (mallopt(3), M_PERTURB); smaller ones are
// overwritten when C++ gives them back, in a program whose operator delete is give_back(). May be
// used from any thread; then memory of other threads is overwritten, too.
class WipedMemory {
 public:
  WipedMemory();
  ~WipedMemory();
  WipedMemory(const WipedMemory&) = delete;
  WipedMemory& operator=(const WipedMemory&) = delete;
};

// Like free(3), but overwrites while there is a WipedMemory.
void give_back(void* block) noexcept;

// malloc(3) and its kin for who keeps secrets for longer: what they give back is always
// overwritten.
void* wiping_realloc(void* block, std::size_t size);
void wiping_free(void* block);

}  // namespace podreg::k8s
