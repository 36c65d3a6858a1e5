#include "cli/command_table.h"

#include <algorithm>
#include <array>

namespace podreg::cli {

namespace {

constexpr std::array kCommands = {
    Command{
        "instances",
        "Show the instances that a Dubbo consumer sees of a Service, and why others are missing",
        "  podreg instances shop-order -n shop\n"
        "  podreg instances shop-order -A -o wide\n"
        "  podreg instances shop-order -o json | jq -r '.items[].host'\n"
        "  kubectl get endpoints,services,pods -A -o json | podreg instances shop-order --snapshot "
        "-",
        declare_instances},
    Command{"services", "List the Services, with what is registered behind each",
            "  podreg services -n shop\n"
            "  podreg services -A --registered\n"
            "  podreg services --snapshot shop.json -o wide",
            declare_services},
    Command{"version", "Print the version", "", declare_version},
};

static_assert(std::ranges::is_sorted(kCommands, {}, &Command::name), "the command table is sorted");
static_assert(std::ranges::adjacent_find(kCommands, {}, &Command::name) == kCommands.end(),
              "a command is listed once");

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace podreg::cli
