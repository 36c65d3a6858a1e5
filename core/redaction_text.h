// Names and addresses inside texts that are not one name: a registration, a URL, a parameter.
#pragma once

#include <string>
#include <string_view>

#include "core/pseudonyms.h"

namespace podreg::core {

// Until the pseudonyms are settled these only meet what is in the texts. None of them throws for a
// text that is not well formed: it becomes one that is not either. JSON nested deeper than 64
// levels is such a text, as it is for Metadata::parse.

// What may be anything: an address, a URL, HOST:PORT, a list with commas, each with its parts, up
// to 64 within one another; numbers, versions and truth values stay, everything else is a name.
std::string redact_value(std::string_view value, Pseudonyms& pseudonyms);

// The name of a URL's parameter: "timeout" and Dubbo's other words stay; of "createOrder.timeout",
// which is about a method, and "createOrder.0.callback", about a parameter of it, the method
// becomes what it is in the parameter "methods".
std::string redact_key(std::string_view key, Pseudonyms& pseudonyms);

// The value of a URL's parameter; of those whose values are Dubbo's words ("side", "protocol") it
// stays.
std::string redact_parameter(std::string_view key, std::string_view value, Pseudonyms& pseudonyms);

// "/a/b", "com.example.A": each part is a value.
std::string redact_path(std::string_view path, Pseudonyms& pseudonyms);

// "dubbo://10.0.0.1:20880/com.example.A?version=1.0.0"
std::string redact_url(std::string_view url, Pseudonyms& pseudonyms);

// The annotation io.dubbo/metadata: keys and values that are not Dubbo's own are names.
std::string redact_registration(std::string_view annotation, Pseudonyms& pseudonyms);

}  // namespace podreg::core
