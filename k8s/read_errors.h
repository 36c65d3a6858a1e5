// The sentences about objects that cannot be read, in one place.
#pragma once

#include <cstddef>
#include <string>

#include "core/error.h"

namespace podreg::k8s {

// "NAME: WHAT, at PLACE"; an empty place is left out. All return Error(invalid_data).
core::Error unreadable(const std::string& name, const std::string& what, const std::string& place,
                       const std::string& hint = {});

// A character at `offset` is not UTF-8, or (cut short) the text ends within it.
core::Error not_utf8(const std::string& name, std::size_t offset, bool cut_short);

// The text ends where it must not. `object` is what was being read ("Pod prod/shop-1"), or empty.
core::Error ends_early(const std::string& name, const std::string& object,
                       const std::string& place);

// "byte 17", counted from 0.
std::string byte_place(std::size_t offset);

// What the function returns. Its Error(invalid_data) loses its hint: the readers' hints are about
// files, and nobody can save an answer of the API server differently.
template <typename Read>
auto without_hint(Read read) {
  try {
    return read();
  } catch (const core::Error& error) {
    if (error.kind() != core::ErrorKind::invalid_data) throw;
    throw core::Error(error.kind(), error.what());
  }
}

}  // namespace podreg::k8s
