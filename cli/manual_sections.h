// Sections of manual pages, in the language mdoc(7), each with its title.
#pragma once

#include <string>
#include <string_view>

#include "cli/help_topics.h"

namespace CLI {
class App;
}

namespace podreg::cli {

// The command's words: "podreg", "podreg instances".
std::string synopsis_section(const CLI::App& program, const CLI::App& command);

// The arguments of a command, or its commands; empty when it has none.
std::string arguments_section(const CLI::App& command);

// The flags of a command in their groups, then those that all commands take.
std::string options_section(const CLI::App& program, const CLI::App& command);

std::string topic_section(std::string_view title, const HelpTopic& topic);

// Lines that begin with two spaces are commands, others text. Empty for no examples.
std::string examples_section(std::string_view examples);

}  // namespace podreg::cli
