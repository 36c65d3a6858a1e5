// The one thing of JSONB that podreg reads: the message of an answer with a bad status, which Dubbo
// 3.2.6 always writes so.
//
// Format: Dubbo's fastjson2 serialization writes the length of a value in 4 bytes, big endian, then
// the value; com.alibaba.fastjson2.JSONB.Constants names its types.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace podreg::rpc {

// The string (UTF-8) that the body holds; nothing when it holds something else.
std::optional<std::string> jsonb_string(std::string_view body);

}  // namespace podreg::rpc
