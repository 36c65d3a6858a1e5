// podreg version

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "cli/command.h"
#include "cli/context.h"
#include "cli/exit_status.h"

namespace podreg::cli {

Run declare_version(CLI::App& /*app*/) {
  return [](Context& context) {
    context.streams().out.write("podreg " PODREG_VERSION "\n");
    return kExitDone;
  };
}

}  // namespace podreg::cli
