// Text as HTML and XML hold it.
#pragma once

#include <string>
#include <string_view>

namespace podreg::output {

// Safe between tags and within a quoted attribute: markup characters become entities; control,
// bidi and other invisible characters, and bytes that are not UTF-8, become visible as in
// terminal_text(), because XML cannot hold them and a reader could be misled by them.
std::string markup_text(std::string_view text);

}  // namespace podreg::output
