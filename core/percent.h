// Percent-encoding (RFC 3986, 2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace podreg::core {

// Encodes every byte but letters, digits, "-._~" and those of `kept`.
std::string percent_encode(std::string_view text, std::string_view kept = {});

// Nothing when a '%' is not followed by two hexadecimal digits. '+' is itself.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace podreg::core
