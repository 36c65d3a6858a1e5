// Arguments that are text, or name where it stands.
#pragma once

#include <string>

namespace podreg::cli {

// The text itself, the content of "@FILE", or standard input for "-". Throws Error(invalid_data)
// when it cannot be read or has more than 16 MiB.
std::string text_of(const std::string& value);

// Of an argument that can only name a file: the content of "FILE", which is as good as "@FILE", or
// standard input for "-". Throws the same.
std::string text_of_file(const std::string& value);

}  // namespace podreg::cli
