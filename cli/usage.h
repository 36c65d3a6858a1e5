// Words of the command line that mean nothing, and what was probably meant.
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace podreg::cli {

// Throws Error(usage) about the first of the words that the parser left over; returns when there is
// none. The hint is the nearest command or flag.
void refuse_left_over(const CLI::App& app);

// Whether errors are wanted as JSON too (-o json). Looks at the words themselves, because the
// command line may be the error.
bool asks_for_json(const std::vector<std::string>& arguments);

}  // namespace podreg::cli
