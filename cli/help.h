// What `podreg --help` and `podreg COMMAND --help` print.
#pragma once

#include <cstddef>
#include <string>

namespace CLI {
class App;
}

namespace podreg::cli {

// One screen about a command: what it does, examples, its flags in groups, exit statuses. The flags
// that many commands have are named only; `podreg help TOPIC` describes them. `command` may be the
// program itself. Within so many columns.
std::string help_of(const CLI::App& program, const CLI::App& command, std::size_t columns);

// The flags that a topic of `podreg help` describes, in their groups; empty when there are none.
std::string flags_of_topic(const CLI::App& program, std::string_view topic, std::size_t columns);

}  // namespace podreg::cli
