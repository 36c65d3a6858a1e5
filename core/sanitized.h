// PODREG_SANITIZED: whether a sanitizer watches over memory or threads, which then has to have both
// for itself. gcc and clang say so in different ways.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PODREG_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PODREG_SANITIZED 1
#endif
#endif
