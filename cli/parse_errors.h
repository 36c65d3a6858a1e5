// What the parser of the command line refuses, in the words of podreg.
#pragma once

#include "core/error.h"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace podreg::cli {

// The same as an Error(usage) that names the flag or argument, what is wrong with it, and where to
// read what it takes. `command` is the one that was named, or the program.
core::Error in_own_words(const CLI::ParseError& error, const CLI::App& program,
                         const CLI::App& command);

}  // namespace podreg::cli
