// What register, update and unregister have in common: which pods, how the result is printed, what
// happens on a snapshot and with a registry that registers nothing.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/registration_options.h"
#include "core/registrar.h"

namespace podreg::cli {

class Context;

// Does the command's work on one pod.
using ChangePod = std::function<core::RegistrationResult(core::Registrar&, const std::string& ns,
                                                         const std::string& pod)>;

// Returns the exit status; throws core::Error. With --selector the other pods are changed even when
// some fail; these are reported, and the exit status is that of the first. `warnings` are about the
// input.
int change_registrations(const RegistrationOptions& options, Context& context,
                         const ChangePod& change, std::vector<core::Warning> warnings = {});

// What register and update do: the input is read and checked before anything is asked.
using ChangeWithInput = core::RegistrationResult (core::Registrar::*)(
    const std::string& ns, const std::string& pod, const core::RegistrationInput& input);
int change_with_input(const RegistrationOptions& options, Context& context, ChangeWithInput change);

}  // namespace podreg::cli
