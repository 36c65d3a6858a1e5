#include "cli/command_table.h"

#include <algorithm>
#include <array>

namespace podreg::cli {

namespace {

constexpr std::array kCommands = {
    Command{
        "instances",
        "Show the instances that a Dubbo consumer sees of a Service, and why others are missing",
        declare_instances},
    Command{"register", "Write the registration of a pod, as its provider would", declare_register},
    Command{"services", "List the Services, with what is registered behind each", declare_services},
    Command{"unregister", "Remove the registration of a pod", declare_unregister},
    Command{"update", "Merge into the registration of a pod; write only what changes",
            declare_update},
    Command{"version", "Print the version", declare_version},
};

static_assert(std::ranges::is_sorted(kCommands, {}, &Command::name), "the command table is sorted");
static_assert(std::ranges::adjacent_find(kCommands, {}, &Command::name) == kCommands.end(),
              "a command is listed once");

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace podreg::cli
