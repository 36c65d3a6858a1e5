// podreg completion: the script that makes a shell complete podreg's words.

#include "cli/completion.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "core/error.h"

namespace podreg::cli {

Run declare_completion(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  app.add_option("bash|zsh|fish", *shell, "The shell whose script is printed")->required();
  return [shell](Context& context) {
    const auto script = completion_script(*shell);
    if (script.empty()) {
      throw core::Error(core::ErrorKind::usage,
                        fmt::format("there is no completion for \"{}\"", *shell),
                        "there is one for bash, zsh and fish");
    }
    context.streams().out.write(script);
    return kExitDone;
  };
}

}  // namespace podreg::cli
