#include "cli/command_parts.h"

#include <CLI/CLI.hpp>

namespace podreg::cli {

std::vector<const CLI::App*> commands_of(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App*) { return true; });
}

std::vector<const CLI::Option*> arguments_of(const CLI::App& command) {
  return command.get_options([](const CLI::Option* one) { return one->get_positional(); });
}

std::vector<const CLI::Option*> required_flags_of(const CLI::App& command) {
  return command.get_options(
      [](const CLI::Option* one) { return !one->get_positional() && one->get_required(); });
}

bool is_repeatable(const CLI::Option& option) {
  using Policy = CLI::MultiOptionPolicy;
  const auto policy = option.get_multi_option_policy();
  return policy == Policy::TakeAll || policy == Policy::Join;
}

}  // namespace podreg::cli
