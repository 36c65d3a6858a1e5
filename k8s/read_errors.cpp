#include "k8s/read_errors.h"

#include <fmt/format.h>

namespace podreg::k8s {

using core::Error;
using core::ErrorKind;

Error unreadable(const std::string& name, const std::string& what, const std::string& place,
                 const std::string& hint) {
  if (place.empty()) return Error(ErrorKind::invalid_data, fmt::format("{}: {}", name, what), hint);
  return Error(ErrorKind::invalid_data, fmt::format("{}: {}, at {}", name, what, place), hint);
}

Error not_utf8(const std::string& name, std::size_t offset, bool cut_short) {
  if (cut_short) {
    return unreadable(name, "ends in the middle of a character", byte_place(offset),
                      "it was cut short; write it again");
  }
  return unreadable(name, "is not UTF-8 text", byte_place(offset),
                    offset == 0
                        ? "is it compressed, or UTF-16 as PowerShell's > writes it? Save it "
                          "as plain text in UTF-8"
                        : "save it as UTF-8");
}

Error ends_early(const std::string& name, const std::string& object, const std::string& place) {
  const auto what = object.empty() ? std::string("ends in the middle of an object")
                                   : fmt::format("ends in the middle of {}", object);
  return unreadable(name, what, place, "it was cut short; write it again");
}

std::string byte_place(std::size_t offset) { return fmt::format("byte {}", offset); }

}  // namespace podreg::k8s
