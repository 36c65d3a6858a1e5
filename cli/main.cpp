#include <cstddef>

#include "cli/app.h"
#include "core/sanitized.h"
#include "k8s/wiped_memory.h"

// glibc overwrites no small blocks (WipedMemory), and in those are most secrets. The library's own
// operator new takes them from malloc(3). The sanitizers keep their own.
#ifndef PODREG_SANITIZED
// NOLINTBEGIN(misc-new-delete-overloads)
void operator delete(void* block) noexcept { podreg::k8s::give_back(block); }
void operator delete(void* block, std::size_t /*size*/) noexcept { podreg::k8s::give_back(block); }
// NOLINTEND(misc-new-delete-overloads)
#endif

int main(int argc, char** argv) { return podreg::cli::run(argc, argv); }
