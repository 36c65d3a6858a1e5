#include "cli/exit_status_table.h"

#include <array>

namespace podreg::cli {

namespace {

constexpr std::array<ExitStatusMeaning, 10> kMeanings = {{
    {"0", "Done, also when nothing was found."},
    {"1",
     "The answer is no: doctor found errors, probe found a URL that failed, the method that invoke "
     "called threw an exception. Or the result could not be written."},
    {"2", "Wrong use of the command line."},
    {"3", "A named Service, pod, interface or context does not exist."},
    {"4", "Not authenticated, or not allowed."},
    {"5",
     "The API server, or every instance that was asked, could not be reached, timed out or had no "
     "time to serve."},
    {"6", "Conflict: somebody else changed the pod."},
    {"7", "Invalid data: kubeconfig, snapshot, metadata or answer."},
    {"8",
     "The conditions of wait were not met in time, or consumers do not see the instance in the "
     "time of --wait."},
    {"130, 143", "Interrupted, terminated."},
}};

}  // namespace

std::span<const ExitStatusMeaning> exit_status_meanings() { return kMeanings; }

}  // namespace podreg::cli
