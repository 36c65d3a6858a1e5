// Text in manual pages: what roff would take for its own, escaped. Pages are in the language
// mdoc(7) and in ASCII, so that any formatter reads them in any locale.
#pragma once

#include <string>
#include <string_view>

namespace podreg::output {

// A word, or a line that is shown as it stands; its end is not added. "-", quotes and the like stay
// what they are, so that what is copied from a page works.
std::string roff_text(std::string_view text);

// One argument of a macro, in quotes: nothing in it is taken for a macro.
std::string roff_argument(std::string_view text);

// As lines, broken at spaces, the last with its end. A sentence ends with its line, and the text
// with a full stop.
std::string roff_paragraph(std::string_view text);

}  // namespace podreg::output
