// Standard base64 (RFC 4648, 4), with its padding.
#pragma once

#include <string>

namespace podreg::core {

// The bytes; line ends within the text are ignored, as Go's decoder does, and nothing else is.
// Throws Error(invalid_data) "WHAT is not base64", without showing the text.
std::string decode_base64(const std::string& text, const std::string& what);

// The base64 of bytes, in one line.
std::string encode_base64(const std::string& bytes);

}  // namespace podreg::core
