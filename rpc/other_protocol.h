// What the other side seems to speak, for an operator who took the wrong port.
#pragma once

#include <cstddef>
#include <string_view>

namespace podreg::rpc {

// As many bytes as it takes to tell.
inline constexpr std::size_t kTellingBytes = 6;

// "HTTP/1", "TLS", "dubbo" or "HTTP/2", from the first bytes that arrived; empty when they tell
// nothing.
std::string_view spoken_protocol(std::string_view bytes);

// A part of a sentence, from the first bytes that arrived: "; it speaks TLS"; empty when they tell
// nothing.
std::string_view other_protocol(std::string_view bytes);

}  // namespace podreg::rpc
