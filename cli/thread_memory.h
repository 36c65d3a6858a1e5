// What each thread takes of the memory of the process before it does anything.
#pragma once

namespace podreg::cli {

// From now on less than glibc's 8 MiB of stack and 64 MiB for an arena of its own, which sixteen
// providers that are asked at once need not have where addresses are few (ulimit -v). What podreg
// runs in threads goes 1,000 levels deep at most. To be called before the first thread begins;
// never throws.
void keep_threads_small() noexcept;

}  // namespace podreg::cli
