// Secrets on podreg's own command line.
#pragma once

#include <span>

namespace podreg::cli {

// Overwrites in place the values of flags that may hold a secret (--token, --registry, whose URL
// may have one, and the like), and every other word that is a URL with one, so that no list of
// processes shows them any longer. To be called once the words have been copied; before that,
// others may have seen them.
void hide_secret_arguments(std::span<char*> arguments);

}  // namespace podreg::cli
