// podreg completion: the script that makes a shell complete podreg's words.

#include "cli/completion.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"
#include "core/choice.h"

namespace podreg::cli {

Run declare_completion(CLI::App& app) {
  auto shell = std::make_shared<std::string>();
  app.add_option("bash|zsh|fish", *shell, "The shell whose script is printed")->required();
  return [shell](Context& context) {
    const auto script = completion_script(*shell);
    if (script.empty()) {
      core::refuse_choice("podreg completion", *shell, {"bash", "zsh", "fish"});
    }
    context.streams().out.write(script);
    return kExitDone;
  };
}

}  // namespace podreg::cli
