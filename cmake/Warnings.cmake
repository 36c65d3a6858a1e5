# Warnings for our own targets only; errors in development, so that a newer compiler of a user's never
# stops a build.
add_library(podreg_warnings INTERFACE)
target_compile_options(podreg_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual -Woverloaded-virtual
  -Wconversion -Wsign-conversion -Wformat=2 -Wimplicit-fallthrough
  # GCC 12 is wrong about these where it inlines std::string.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-array-bounds>
  # GCC 12 is wrong about null pointers too, once it optimises.
  $<$<BOOL:${PODREG_DEVELOPMENT}>:-Werror -Wnull-dereference>)
